using System.Text.Json;
using System.Text.Json.Serialization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Cli.Commands;

/// <summary>How commands answer: JSON on standard output, problems one a line on standard error.</summary>
internal static class Answers
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Prints a document; exit code 0.</summary>
    public static int Json<T>(T document)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(document, Options));
        return ExitCodes.Done;
    }

    /// <summary>Prints problems; exit code 2.</summary>
    public static int Refuse(IReadOnlyList<Problem> problems, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { problems }, Options));
            return ExitCodes.BadInput;
        }

        return Screen.Refuse(problems);
    }
}
