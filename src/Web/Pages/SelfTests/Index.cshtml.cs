using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Engine.Response;
using Pathfinder.Platform.People;
using Pathfinder.Platform.SelfTest;
using Pathfinder.Platform.Work;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.SelfTests;

/// <summary>The simulator against theory: line by line, and the form that queues a test.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(SelfTestRegister register) : AsAtPageModel
{
    /// <summary>Key of the test shown; null for the first of the list.</summary>
    [BindProperty(SupportsGet = true, Name = "test")]
    public string? Test { get; set; }

    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>The test under way, or null.</summary>
    public JobStatus? UnderWay { get; private set; }

    /// <summary>How the newest test ended where it kept nothing, or null.</summary>
    public string? Ended { get; private set; }

    /// <summary>The test shown, or null.</summary>
    public SelfTestResult? Result { get; private set; }

    /// <summary>Its lines.</summary>
    public DataTable Lines { get; private set; } = null!;

    /// <summary>Every test in the store.</summary>
    public DataTable Tests { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var tests = await register.ListAsync(At, HttpContext.RequestAborted);
        var shown = Test ?? (tests is [var first, ..] ? first.Key : null);
        Result = shown is null ? null : await register.FindAsync(shown, At, HttpContext.RequestAborted);
        if (Test is not null && Result is null)
        {
            return NotFound();
        }

        UnderWay = await register.FindUnderWayAsync(HttpContext.RequestAborted);
        Ended = await register.FindLastAsync(HttpContext.RequestAborted) switch
        {
            { State: JobState.Cancelled } => "The last test was cancelled; nothing of it was kept.",
            { State: JobState.Failed or JobState.Interrupted } failed => $"The last test failed: {string.Join(" ", failed.Problems.Select(problem => problem.Message).DefaultIfEmpty(failed.Progress.Text))}",
            _ => null,
        };
        Headline = Result is null ? "The simulator has not been tested here yet" : Finding(Result);
        Lines = Offer(LinesTable(Result));
        Tests = Offer(new DataTable(
            "tests", "Tests made", [new("Test"), new("Engine"), new("Lines that hold", true), new("Lines", true), new("Verdict"), new("Made"), new("By")],
            [.. tests.Select(test => (IReadOnlyList<DataCell>)
            [
                new DataCell($"To within {Format.Percent(test.Body!.Precision, 0)}", $"/self-test?test={test.Key}"),
                test.Body.EngineVersion + (test.Body.EngineVersion == Replica.Version ? ", the present one" : ", an earlier one"),
                DataCell.Of(test.Body.Held), DataCell.Of(test.Body.Lines),
                test.Body.Passed ? new DataCell("passed", Tag: "green") : new DataCell("not passed", Tag: "red"),
                Format.Instant(test.Recorded), test.Account,
            ])])
        {
            Empty = "Start one above, or use: pathfinder self-test",
        });
        return Page();
    }

    /// <summary>Queues a test.</summary>
    public async Task<IActionResult> OnPostAsync(bool quick)
    {
        if (!User.May(Permission.Run))
        {
            return Forbid();
        }

        await register.StartAsync(quick, User.Change("The simulator against theory"), HttpContext.RequestAborted);
        return Redirect("/self-test");
    }

    /// <summary>Asks the test under way to stop.</summary>
    public async Task<IActionResult> OnPostCancelAsync()
    {
        if (!User.May(Permission.Run))
        {
            return Forbid();
        }

        await register.CancelAsync(HttpContext.RequestAborted);
        return Redirect("/self-test");
    }

    private static string Finding(SelfTestResult result)
    {
        var held = result.Lines.Count(line => line.Verdict == SelfTestVerdict.Holds);
        var missed = result.Lines.Count(line => line.Verdict == SelfTestVerdict.Misses);
        var within = Format.Percent(result.Precision, 0);
        return (missed, result.Lines.Count - held) switch
        {
            (0, 0) => $"All {Format.Count(result.Lines.Count)} answers of theory are met, to within {within}",
            (0, var open) => $"{Format.Count(held)} of {Format.Count(result.Lines.Count)} answers of theory are met to within {within}, none is missed; {Format.Words(open)} {(open == 1 ? "takes" : "take")} a finer test to settle",
            _ => $"{Format.Words(missed, capital: true)} of {Format.Count(result.Lines.Count)} answers of theory {(missed == 1 ? "is" : "are")} missed",
        };
    }

    private static DataTable LinesTable(SelfTestResult? result) => new(
        "lines", "Simulated against exact",
        [new("Queue"), new("Measure"), new("Simulated", true), new("From", true), new("To", true), new("Exact", true), new("Verdict"), new("Theory")],
        [.. (result?.Lines ?? []).Select(line => (IReadOnlyList<DataCell>)
        [
            line.Model, line.Measure, Number(line.Simulated), Number(line.Lower), Number(line.Upper), Number(line.Exact),
            new DataCell(line.Verdict, Tag: line.Verdict switch
            {
                SelfTestVerdict.Holds => "green",
                SelfTestVerdict.Misses => "red",
                _ => "yellow",
            }),
            line.Source,
        ])]);

    private static DataCell Number(double value) => new(value.ToString("0.####", CultureInfo.InvariantCulture), Csv: value.ToString("R", CultureInfo.InvariantCulture));
}
