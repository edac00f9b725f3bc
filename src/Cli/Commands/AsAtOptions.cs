using System.CommandLine;
using System.Globalization;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Cli.Commands;

/// <summary>The options of commands that read records: the dates, and whether what is restricted is read too.</summary>
internal sealed class AsAtOptions
{
    private readonly Option<string?> _effective = new("--effective") { Description = "The day on which it is to hold, year-month-day; today where it is left out" };
    private readonly Option<string?> _known = new("--known") { Description = "The day of knowledge, year-month-day; today where it is left out" };
    private readonly Option<bool> _restricted = new("--include-restricted") { Description = "Read restricted records too; each is logged as consulted, so say --why" };
    private readonly Option<string?> _why = new("--why") { Description = "Why restricted records are read" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_effective);
        command.Add(_known);
        command.Add(_restricted);
        command.Add(_why);
    }

    /// <summary>What was asked for. Refused with every option that cannot be read.</summary>
    public Outcome<Asked> Read(ParseResult parse)
    {
        var problems = new List<Problem>();
        var (effective, known) = (Day(parse.GetValue(_effective), "--effective", problems), Day(parse.GetValue(_known), "--known", problems));
        var (restricted, why) = (parse.GetValue(_restricted), parse.GetValue(_why));
        if (restricted && string.IsNullOrWhiteSpace(why))
        {
            problems.Add(new Problem("Say why restricted records are read", Field: "--why", Accepted: "a sentence"));
        }

        var today = TimeProvider.System.LondonToday();
        if (known > today)
        {
            problems.Add(new Problem("Nothing is known yet on that day", Field: "--known", Found: known.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Accepted: "a day up to today, " + today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }

        return problems.Count > 0
            ? problems
            : new Asked(new AsAt(effective ?? today, known ?? today), effective is not null || known is not null, restricted, why ?? "");
    }

    private static DateOnly? Day(string? text, string option, List<Problem> problems)
    {
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        problems.Add(new Problem("This is not a day", Field: option, Found: text, Accepted: "year-month-day, for example 2017-05-12"));
        return null;
    }

    /// <summary>What was asked for.</summary>
    /// <param name="At">The dates.</param>
    /// <param name="Dated">Whether a date was given.</param>
    /// <param name="Restricted">Whether restricted records are read too.</param>
    /// <param name="Why">Why.</param>
    internal sealed record Asked(AsAt At, bool Dated, bool Restricted, string Why)
    {
        /// <summary>Who reads: the person at the command line, of no organisation and without a role; null, who sees all, for restricted records.</summary>
        public Actor? Reader => Restricted ? null : new Actor(StoreOption.Person("").Account, Environment.UserName, "", new HashSet<Role>(), []);

        /// <summary>Logs the restricted ones among records read. Throws <see cref="InvalidOperationException"/> when the log refuses what the options let pass.</summary>
        public async Task LogAsync(IServiceProvider services, IReadOnlyList<StoredRecord> records, CancellationToken cancellation)
        {
            if (Restricted)
            {
                _ = (await services.GetRequiredService<IRestrictedAccess>().LogOperatorAsync(StoreOption.Person(Why), records, cancellation)).Value;
            }
        }
    }
}
