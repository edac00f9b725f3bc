using System.CommandLine;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Documents;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder documents</c>: the texts that sources lead into.</summary>
public static class DocumentsCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build() => new("documents", "The texts that sources lead into.") { Attach() };

    private static Command Attach()
    {
        var key = new Argument<string>("KEY") { Description = "Key of the document, as in its address" };
        var file = new Argument<string>("FILE") { Description = "A text in UTF-8, a PDF or a DOCX, at most 3 MB" };
        var why = new Option<string?>("--why") { Description = "Why it is attached, for the history" };
        var (store, acting) = (StoreOption.New(), new ActingAccount());
        var command = new Command(
            "attach", "Attach a file to a document; sources then open the passage of its text.\n\nExample:\n  pathfinder documents attach s0-highlight-report report.txt --as olive --why \"Sent by the programme office\"")
        {
            key, file, why, store,
        };
        acting.AddTo(command);
        command.SetAction(async (parse, cancellation) =>
        {
            var path = parse.GetValue(file)!;
            var bytes = Screen.Read(path);
            return bytes.Succeeded
                ? await StoreOption.RunAsync(parse.GetValue(store), async services =>
                {
                    var person = await acting.ReadAsync(parse, services, cancellation);
                    var attached = person.Succeeded
                        ? await services.GetRequiredService<IAttachments>()
                            .AttachAsync(person.Value, parse.GetValue(key)!, Path.GetFileName(path), bytes.Value, ActingAccount.Why(parse.GetValue(why)), cancellation)
                        : Outcome.Refused<string>(person.Problems);
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
