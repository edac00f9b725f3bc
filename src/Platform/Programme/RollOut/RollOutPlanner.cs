using System.Globalization;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.RollOut;

/// <summary>A stretch of days whose ends may each be any of several.</summary>
/// <param name="Begins">Its first day.</param>
/// <param name="Ends">The first day after it.</param>
public sealed record Phase(PartialDate Begins, PartialDate Ends);

/// <summary>When a command unit of a wave really went live, as far as the force's own record knows by then.</summary>
public sealed record UnitLive(string Code, string Name, DateOnly? Live, string? Imprecise);

/// <summary>A wave held against the terms of its roll-out.</summary>
/// <param name="Wave">The wave.</param>
/// <param name="Terms">The terms of its series; null where none are recorded.</param>
/// <param name="GoesLive">Its date; of a what-if the one asked about.</param>
/// <param name="IsWhatIf">Whether the date was asked about and is not recorded.</param>
/// <param name="CountedFrom">The day from which the terms count: the wave's own engagement, else the announcement.</param>
/// <param name="Engagement">Engagement, at the earliest.</param>
/// <param name="Preparation">Preparation, at the earliest.</param>
/// <param name="GoLive">The go-live period, from the earliest go-live.</param>
/// <param name="LatestStart">When engagement would have to begin at the latest for the date to keep the terms.</param>
/// <param name="LeastNotice">Fewest months from <paramref name="CountedFrom"/> to the date.</param>
/// <param name="MostNotice">Most months.</param>
/// <param name="Kept">Whether the date leaves the months promised.</param>
/// <param name="Embargoes">Embargoes that the date breaks.</param>
/// <param name="Live">What the force's own record knows of its units by the known date.</param>
public sealed record WavePlan(
    StoredRecord<Wave> Wave, StoredRecord<RollOutTerms>? Terms, PartialDate? GoesLive, bool IsWhatIf, PartialDate? CountedFrom, Phase? Engagement, Phase? Preparation, Phase? GoLive,
    PartialDate? LatestStart, decimal? LeastNotice, decimal? MostNotice, Truth Kept, IReadOnlyList<string> Embargoes, IReadOnlyList<UnitLive> Live)
{
    /// <summary>Months promised before go-live.</summary>
    public int Promised => Terms is { } terms ? terms.Body.EngagementMonths + terms.Body.PreparationMonths : 0;

    /// <summary>Whether the terms were made for it: a wave that was to go live before they were announced, as the pilots, has none to keep.</summary>
    public bool IsBound => Terms is not null && !(GoesLive is { } date && CountedFrom is { } from && date.Last < from.First);

    /// <summary>"at most 4.6 of 6 months", "6.6 to 7.6 of 6 months".</summary>
    public string Notice => (LeastNotice, MostNotice) switch
    {
        ({ } least, { } most) when least == most => string.Create(CultureInfo.InvariantCulture, $"{Tenths(least, up: false)} of {Promised} months"),
        ({ } least, { } most) when most < Promised => string.Create(CultureInfo.InvariantCulture, $"at most {Tenths(most, up: true)} of {Promised} months"),
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $"{Tenths(least, up: false)} to {Tenths(most, up: true)} of {Promised} months"),
        _ => "not known",
    };

    /// <summary>The verdict, a sentence without full stop.</summary>
    public string Words => !IsBound
        ? Terms is null ? "No terms are recorded for its series" : "Before the announcement: the terms were not made for it"
        : Kept switch
        {
            Truth.True => $"Keeps the promise: {Notice}",
            Truth.False => $"Breaks the promise: {Notice}",
            _ => GoesLive is null ? "No date is recorded" : $"Cannot be told: {Notice}",
        };

    /// <summary>How it stands.</summary>
    public Standing Standing => !IsBound ? Standing.Plain : Kept switch { Truth.True => Standing.Good, Truth.False => Standing.Bad, _ => Standing.Missing };

    // Rounded outwards, so that "at most" and "at least" stay true.
    private static string Tenths(decimal months, bool up) => ((up ? Math.Ceiling(months * 10) : Math.Floor(months * 10)) / 10).ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>A roll-out held against its terms.</summary>
/// <param name="Waves">Its waves in order of series and number.</param>
/// <param name="Missing">Command units of the force, code and name, that stand in no wave.</param>
/// <param name="Twice">Boroughs that stand in more than one wave of a series.</param>
/// <param name="Commands">How many command units have how many boroughs.</param>
public sealed record RollOutPlan(
    IReadOnlyList<WavePlan> Waves, IReadOnlyList<(string Code, string Name)> Missing, IReadOnlyList<string> Twice, IReadOnlyList<(string Unit, string Code, int Boroughs, string? Commander)> Commands)
{
    /// <summary>What is found, a sentence.</summary>
    public string Headline
    {
        get
        {
            var bound = Waves.Where(wave => wave.IsBound).ToList();
            var broken = bound.Where(wave => wave.Kept == Truth.False).ToList();
            if (Waves.Count == 0)
            {
                return "No wave is on record";
            }

            if (bound.Count == 0)
            {
                return $"{Numbers.Counted(Waves.Count, "wave", "waves", capital: true)} on record, no terms to hold them against";
            }

            return broken.Count switch
            {
                0 => bound.TrueForAll(wave => wave.Kept == Truth.True)
                    ? $"Every wave leaves the {Numbers.InWords(bound[0].Promised)} months promised before go-live"
                    : $"No wave is known to break the promise of {Numbers.InWords(bound[0].Promised)} months before go-live",
                1 => $"{broken[0].Wave.Body.Title} breaks the promise of {Numbers.InWords(broken[0].Promised)} months before go-live: {broken[0].Notice}",
                _ => $"{Numbers.InWords(broken.Count, capital: true)} of {Numbers.InWords(bound.Count)} waves break the promise of {Numbers.InWords(broken[0].Promised)} months before go-live",
            };
        }
    }
}

/// <summary>Computes a roll-out's windows from its terms, and holds its waves against them.</summary>
public sealed class RollOutPlanner(IForces forces)
{
    /// <summary>The plan as at the view's dates; <paramref name="whatIf"/> gives waves, by key, another date.</summary>
    public async Task<RollOutPlan> PlanAsync(RecordView view, IReadOnlyDictionary<string, PartialDate>? whatIf = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var terms = await view.ListAsync<RollOutTerms>(cancellation);
        var embargoes = await view.ListAsync<Embargo>(cancellation);
        var pack = await forces.FindCurrentAsync(cancellation);
        var waves = (await view.ListAsync<Wave>(cancellation)).OrderBy(wave => wave.Body.Series, StringComparer.Ordinal).ThenBy(wave => wave.Body.Number)
            .Select(wave => Plan(wave, terms.FirstOrDefault(one => one.Body.Series == wave.Body.Series), embargoes, pack, view, whatIf?.GetValueOrDefault(wave.Key))).ToList();
        var units = waves.SelectMany(wave => wave.Wave.Body.Units).ToList();
        var planned = units.Select(unit => unit.Code).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new RollOutPlan(
            waves,
            waves.Count == 0 || pack is null ? [] : [.. pack.CommandUnits.Where(unit => unit.Kind == "BCU" && !planned.Contains(unit.Code)).Select(unit => (unit.Code, unit.Name))],
            [.. waves.GroupBy(wave => wave.Wave.Body.Series, StringComparer.Ordinal)
                .SelectMany(series => series.SelectMany(wave => wave.Wave.Body.Units).SelectMany(unit => unit.Boroughs).GroupBy(code => code, StringComparer.Ordinal))
                .Where(borough => borough.Count() > 1).Select(borough => borough.Key).Order(StringComparer.Ordinal)],
            [.. units.Select(unit => (unit.Name, unit.Code, unit.Boroughs.Count, unit.Commander))]);
    }

    private static WavePlan Plan(StoredRecord<Wave> wave, StoredRecord<RollOutTerms>? terms, IReadOnlyList<StoredRecord<Embargo>> embargoes, ForcePack? pack, RecordView view, PartialDate? asked)
    {
        var date = asked ?? wave.Body.GoesLive;
        var from = wave.Body.EngagementBegins ?? terms?.Body.Announced;
        var live = wave.Body.Units.Select(unit => Live(unit, pack, view.At.Known)).ToList();
        if (terms is null || from is null)
        {
            return new WavePlan(wave, terms, date, asked is not null, from, null, null, null, null, null, null, Truth.Undecided, Against(wave, date, embargoes), live);
        }

        var engaged = Later(from, terms.Body.EngagementMonths);
        var prepared = Later(engaged, terms.Body.PreparationMonths);
        var promised = terms.Body.EngagementMonths + terms.Body.PreparationMonths;
        decimal? least = null, most = null;
        var kept = Truth.Undecided;
        if (date is not null)
        {
            least = QueryArithmetic.Months(from.Last, date.First);
            most = QueryArithmetic.Months(from.First, date.Last);
            kept = least >= promised ? Truth.True : most < promised ? Truth.False : Truth.Undecided;
        }

        return new WavePlan(
            wave, terms, date, asked is not null, from, new Phase(from, engaged), new Phase(engaged, prepared), new Phase(prepared, Later(prepared, terms.Body.GoLiveMonths)),
            date is null ? null : Later(date, -promised), least, most, kept, Against(wave, date, embargoes), live);
    }

    private static PartialDate Later(PartialDate date, int months)
    {
        var (first, last) = (date.First.AddMonths(months), date.Last.AddMonths(months));
        return first == last ? PartialDate.Of(first) : PartialDate.Of(QueryWords.Period(first, last), first, last);
    }

    private static List<string> Against(StoredRecord<Wave> wave, PartialDate? date, IReadOnlyList<StoredRecord<Embargo>> embargoes) => date is null ? [] :
        [.. embargoes.Where(embargo => embargo.Body.AppliesTo.Contains(wave.Reference, StringComparer.Ordinal) && embargo.Body.NotBefore is { } end && date.First < end.First)
            .Select(embargo => date.Last < embargo.Body.NotBefore!.First
                ? $"{embargo.Body.Title}: {date.Text} is before {embargo.Body.NotBefore.Text}"
                : $"{embargo.Body.Title}: {date.Text} may be before {embargo.Body.NotBefore.Text}")];

    // Known later than the known date is not known; a date that is only the plan is no real date.
    private static UnitLive Live(WaveUnit unit, ForcePack? pack, DateOnly known)
    {
        var member = pack?.CommandUnits.FirstOrDefault(one => one.Code == unit.Code)?.Members.OrderBy(one => one.From).FirstOrDefault();
        var real = member is not null && (member.Known ?? member.From) <= known && member.From <= known && member.Imprecise?.StartsWith("planned", StringComparison.OrdinalIgnoreCase) != true;
        return new UnitLive(unit.Code, unit.Name, real ? member!.From : null, real ? member!.Imprecise : null);
    }
}
