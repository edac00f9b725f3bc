using System.CommandLine;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Documents;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder documents</c>: the texts that sources lead into.</summary>
public static class DocumentsCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build() => new("documents", "The texts that sources lead into.") { Attach() };

    /// <summary>The person at the command line, who holds the store and so every role; what is withheld stays so all the same.</summary>
    internal static Actor Person() =>
        new(StoreOption.Person("").Account, Environment.UserName, StoreOption.Person("").Organisation, Enum.GetValues<Role>().ToHashSet(), []);

    private static Command Attach()
    {
        var key = new Argument<string>("KEY") { Description = "Key of the document, as in its address" };
        var file = new Argument<string>("FILE") { Description = "A text in UTF-8, a PDF or a DOCX, at most 3 MB" };
        var why = new Option<string?>("--why") { Description = "Why it is attached, for the history" };
        var store = StoreOption.New();
        var command = new Command(
            "attach", "Attach a file to a document; sources then open the passage of its text.\n\nExample:\n  pathfinder documents attach s0-highlight-report report.txt --why \"Sent by the programme office\"")
        {
            key, file, why, store,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            var path = parse.GetValue(file)!;
            var bytes = Screen.Read(path);
            return bytes.Succeeded
                ? await StoreOption.RunAsync(parse.GetValue(store), async services =>
                {
                    var attached = await services.GetRequiredService<IAttachments>()
                        .AttachAsync(Person(), parse.GetValue(key)!, Path.GetFileName(path), bytes.Value, parse.GetValue(why), cancellation);
                    if (!attached.Succeeded)
                    {
                        return Screen.Refuse(attached.Problems);
                    }

                    Console.Out.WriteLine($"{Path.GetFileName(path)} is attached to {attached.Value}");
                    return ExitCodes.Done;
                })
                : Screen.Refuse(bytes.Problems);
        });
        return command;
    }
}
