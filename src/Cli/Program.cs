using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Pathfinder.Cli;

/// <summary>The <c>pathfinder</c> command.</summary>
public static class Program
{
    /// <summary>Runs one command. Exit codes: 0 done, 1 the job failed, 2 bad input.</summary>
    public static int Main(string[] args)
    {
        var parse = Root().Parse(args);
        if (parse.Action is ParseErrorAction refused)
        {
            // A mistyped word is answered in a line; who names no command at all is shown them all.
            refused.ShowHelp = parse.UnmatchedTokens.Count == 0 && parse.Tokens.Count == 0;
        }

        var code = parse.Invoke();
        return parse.Errors.Count > 0 ? Terminal.ExitCodes.BadInput : code;
    }

    /// <summary>Every command, so that tests and the reference page list the same.</summary>
    public static Command Root()
    {
        // A RootCommand would be called after the assembly, which is not what is typed.
        var root = new Command("pathfinder", "Design, test, pilot, govern and evaluate a change to how a police force is organised.") { new HelpOption(), new VersionOption() };
        root.Subcommands.Add(Commands.GroupCommand.Build());
        root.Subcommands.Add(Commands.SiteCommand.Build());
        root.Subcommands.Add(Commands.CrewCommand.Build());
        root.Subcommands.Add(Commands.ServeCommand.Build());
        root.Subcommands.Add(Commands.PackCommand.Build());
        root.Subcommands.Add(Commands.ImportCommand.Build());
        root.Subcommands.Add(Commands.SimulateCommand.Build());
        root.Subcommands.Add(Commands.CompareCommand.Build());
        root.Subcommands.Add(Commands.ExplainCommand.Build());
        root.Subcommands.Add(Commands.SelfTestCommand.Build());
        root.Subcommands.Add(Commands.ScenarioCommand.Build());
        root.Subcommands.Add(Commands.DesignCommand.Build());
        root.Subcommands.Add(Commands.RunCommand.Build());
        root.Subcommands.Add(Commands.CalibrateCommand.Build());
        root.Subcommands.Add(Commands.ReplayCommand.Build());
        root.Subcommands.Add(Commands.SweepCommand.Build());
        root.Subcommands.Add(Commands.RetrodictCommand.Build());
        root.Subcommands.Add(Commands.AuditCommand.Build());
        root.Subcommands.Add(Commands.UserCommand.Build());
        root.Subcommands.Add(Commands.StoreCommand.Build());
        root.Subcommands.Add(Commands.ChartCommand.Build());
        root.Subcommands.Add(Commands.EvaluateCommand.Build());
        root.Subcommands.Add(Commands.CommitmentsCommand.Build());
        root.Subcommands.Add(Commands.ProgrammeCommand.Build());
        root.Subcommands.Add(Commands.ReportCommand.Build());
        root.Subcommands.Add(Commands.PortfolioCommand.Build());
        root.Subcommands.Add(Commands.ReportCommand.Contradictions());
        foreach (var records in Commands.RecordsCommand.Build())
        {
            root.Subcommands.Add(records.Name == "measures" ? Commands.MeasuresCommand.AddTo(records) : records);
        }

        root.Subcommands.Add(Commands.DocumentsCommand.Build());
        return root;
    }
}
