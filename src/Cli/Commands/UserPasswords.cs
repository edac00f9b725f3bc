using System.Text;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Cli.Commands;

/// <summary>Reads a password without showing it, or one line of standard input when that is not a terminal.</summary>
internal static class Passwords
{
    /// <summary>The password; a problem when there is none or the second typing differs.</summary>
    public static Outcome<string> Read()
    {
        if (Console.IsInputRedirected)
        {
            return Console.In.ReadLine() is { Length: > 0 } line
                ? line
                : new Problem("Give the password on the first line of standard input", Field: "password");
        }

        var first = Ask("Password: ");
        return first == Ask("Again: ") ? first : new Problem("The two passwords differ", Field: "password");
    }

    private static string Ask(string prompt)
    {
        Console.Error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
