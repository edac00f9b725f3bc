using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Designs;

/// <summary>Changes the assumptions of a design, and goes on to simulate it when that was asked for.</summary>
[RequirePermission(Permission.Design)]
public sealed class AssumptionsModel(DesignRegister register, TimeProvider time) : DesignPageModel(register, time)
{
    // The design as it was when the form was made, so that its lines stay the same when it is shown again.
    private Design? _found;

    /// <summary>The one assumption a link is about; null for all.</summary>
    [BindProperty(SupportsGet = true, Name = "only")]
    public string? Only { get; set; }

    /// <summary>"run" to go on to the form that simulates the design.</summary>
    [BindProperty(SupportsGet = true, Name = "then")]
    public string? Then { get; set; }

    /// <summary>Assumptions shown, by group.</summary>
    public IEnumerable<IGrouping<string, AssumptionKey>> Groups => AssumptionKeys.All
        .Where(key => Only is null || key.Key == Only).GroupBy(key => key.Group, StringComparer.Ordinal);

    /// <summary>What the pack states, or null.</summary>
    public Assumption? Given(string key) => Pack.Assumptions.FirstOrDefault(assumption => assumption.Key == key);

    /// <summary>What stands in the input: what was typed, or the value of the design.</summary>
    public string Typed(string key) => Request.HasFormContentType && Request.Form.TryGetValue(key, out var typed)
        ? typed.ToString()
        : ScenarioWriter.Value(Design, Pack, key).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The help under an input: unit, range, status and basis.</summary>
    public string Hint(AssumptionKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var given = Given(key.Key);
        var range = given is { Low: { } low, High: { } high } ? $", between {Format.Plain(low)} and {Format.Plain(high)} in what is known" : "";
        var basis = given is null ? $"The pack states none{(key.Neutral is { } neutral ? $", so {Format.Plain(neutral)} is taken" : "")}{(key.Known is { } known ? ". " + known : "")}" : $"{Format.Plain(given.Value)} in the pack, {Forces.ForceWords.Status(given.Status).Word}: {given.Basis}";
        return $"{basis}{range}.";
    }

    /// <summary>How many values can be added at once: as many as the shares of units needed, which add up to 1.</summary>
    public int Lines => Only is null ? 3 : 1;

    /// <summary>Assumptions that may differ by borough, to choose from; empty where the one shown may not.</summary>
    public IReadOnlyList<FieldOption> MayDiffer
    {
        get
        {
            IReadOnlyList<FieldOption> keys = [.. Groups.SelectMany(group => group).Where(key => key.MayDifferByBorough).Select(key => new FieldOption(key.Key, key.Label))];
            return keys.Count == 0 || Only is not null ? keys : [new("", "Nothing"), .. keys];
        }
    }

    /// <summary>Values that hold in some boroughs alone.</summary>
    public IReadOnlyList<BoroughAssumption> Own => [.. BoroughAssumption.Of(_found ?? Design, Pack).Where(own => Only is null || own.Key.Key == Only)];

    /// <summary>Command units of several boroughs, then boroughs.</summary>
    public IReadOnlyList<FieldOption> Places =>
    [
        new("", "None"),
        .. Units.Select(unit => new FieldOption("unit:" + unit.Code, $"{unit.Name} ({BoroughNames(unit.Boroughs)})")),
        .. Boroughs.Select(borough => new FieldOption(borough.Code, borough.Name)),
    ];

    private IEnumerable<DesignUnit> Units => Design.Functions.First(grouping => grouping.Function == Functions.Response).Units
        .Where(unit => unit.Boroughs.Count > 1).OrderBy(unit => unit.Name, StringComparer.Ordinal);

    /// <summary>The name of the input of a value that holds in some boroughs.</summary>
    public static string OwnName(BoroughAssumption own)
    {
        ArgumentNullException.ThrowIfNull(own);
        return AssumptionKeys.In(own.Key.Key, string.Join('+', own.Boroughs));
    }

    /// <summary>What stands in it.</summary>
    public string OwnTyped(BoroughAssumption own)
    {
        ArgumentNullException.ThrowIfNull(own);
        return Form(OwnName(own)) ?? own.Value.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>What was typed or chosen; null on a form not yet sent.</summary>
    public string? Form(string name) => Request.HasFormContentType && Request.Form.TryGetValue(name, out var typed) ? typed.ToString() : null;

    /// <summary>Whether a key is unknown; a link with a wrong key shows nothing otherwise.</summary>
    public bool Unknown => Only is not null && AssumptionKeys.Find(Only) is null;

    /// <summary>Whose the assumptions of travel can be.</summary>
    public IReadOnlyList<FieldOption> TravelOptions { get; } =
    [
        new("no", "The world’s: it holds for the whole run, and for the force beside it"),
        new("yes", "This design’s own", "It comes with the design on the day on which it takes over inside a run, and is not assumed of the force or of other designs; a comparison says so."),
    ];

    /// <summary>Whose they are, as chosen or as the design has it.</summary>
    public IReadOnlyList<string> OwnTravel => Request.HasFormContentType && Request.Form.TryGetValue("ownTravel", out var chosen) ? [chosen.ToString()] : [Design.OwnTravel ? "yes" : "no"];

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadNewestAsync() && !Unknown ? Page() : NotFound();

    /// <summary>Saves every value that is different.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadNewestAsync())
        {
            return NotFound();
        }

        _found = Design;
        var problems = new List<Problem>();
        var changed = Request.Form.ContainsKey("ownTravel") ? Design with { OwnTravel = OwnTravel is ["yes"] } : Design;
        foreach (var key in AssumptionKeys.All.Where(key => Request.Form.ContainsKey(key.Key)))
        {
            if (Number(Request.Form, key.Key, key.Label, problems) is { } value)
            {
                changed = value.Equals(ScenarioWriter.Value(Design, Pack, key.Key)) ? changed : DesignEdits.Assume(changed, Pack, key.Key, value);
            }
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        changed = InSomeBoroughs(changed, fields, problems);
        if (problems.Count > 0)
        {
            Problems = problems;
            return Page();
        }

        var result = await SaveAsync(changed, Then == "run" ? $"/designs/{Key}/simulate" : null);
        Problems = [.. Problems.Select(problem => problem.Field?.StartsWith("changed.", StringComparison.Ordinal) == true ? problem with { Field = fields.GetValueOrDefault(problem.Field[8..], problem.Field[8..]) } : problem)];
        return result;
    }

    // Notes for each assumption of a borough which field it was typed in.
    private Design InSomeBoroughs(Design design, Dictionary<string, string> fields, List<Problem> problems)
    {
        var told = new Dictionary<string, double?>(StringComparer.Ordinal);
        void Tell(AssumptionKey key, IReadOnlyList<string> boroughs, double? value)
        {
            foreach (var borough in boroughs)
            {
                told[AssumptionKeys.In(key.Key, borough)] = value;
            }
        }

        void Set(AssumptionKey key, IReadOnlyList<string> boroughs, double? value, string field)
        {
            if (boroughs.Select(borough => AssumptionKeys.In(key.Key, borough)).FirstOrDefault(own => told.TryGetValue(own, out var other) && !Equals(other, value)) is { } twice)
            {
                static string Words(double? given) => given is { } number ? Format.Plain(number) : "the whole force’s value";
                problems.Add(new Problem(
                    $"{key.Label}: two values are given for {BoroughNames([AssumptionKeys.Parts(twice).Borough!])}", Field: field, Found: $"{Words(told[twice])} and {Words(value)}", Accepted: "one value for one place"));
                return;
            }

            Tell(key, boroughs, value);
            design = DesignEdits.AssumeIn(design, Pack, key.Key, boroughs, value);
            foreach (var borough in boroughs)
            {
                fields[AssumptionKeys.In(key.Key, borough)] = field;
            }
        }

        foreach (var own in Own)
        {
            var name = OwnName(own);
            if (Form(name) is { } typed && typed.Trim() != own.Value.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture)
                && (typed.Trim().Length == 0 || Number(Request.Form, name, $"{own.Key.Label}, in {own.Place}", problems) is not null))
            {
                Set(own.Key, own.Boroughs, typed.Trim().Length == 0 ? null : Number(Request.Form, name, own.Key.Label, problems), name);
            }
        }

        var place = Form("own.place") ?? "";
        var boroughs = Units.FirstOrDefault(unit => "unit:" + unit.Code == place)?.Boroughs ?? [.. Boroughs.Select(borough => borough.Code).Where(code => code == place)];
        if (place.Length > 0 && boroughs.Count == 0)
        {
            problems.Add(new Problem("There is no such command unit or borough", Field: "own.place", Found: place, Accepted: "one of the list"));
        }

        // A value that stands above for just this place and is left there contradicts another one added for it.
        foreach (var own in Own.Where(own => Form(OwnName(own)) is { } left && left.Trim() == own.Value.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture)
            && own.Boroughs.ToHashSet(StringComparer.Ordinal).SetEquals(boroughs)))
        {
            Tell(own.Key, own.Boroughs, own.Value);
        }

        var given = 0;
        for (var line = 1; line <= Lines; line++)
        {
            var (chosen, typed) = (Form($"own.{line}.key") ?? "", (Form($"own.{line}.value") ?? "").Trim());
            if (typed.Length == 0 && (chosen.Length == 0 || Only is not null))
            {
                continue;
            }

            given++;
            if (AssumptionKeys.Find(chosen) is not { } key)
            {
                problems.Add(new Problem("Say what is different there", Field: $"own.{line}.key", Found: chosen, Accepted: "one of the list"));
            }
            else if (place.Length == 0)
            {
                problems.Add(new Problem("Say where it is different", Field: "own.place", Accepted: "a command unit or borough"));
            }
            else if (Number(Request.Form, $"own.{line}.value", key.Label, problems) is { } value)
            {
                Set(key, boroughs, value, $"own.{line}.value");
            }
        }

        if (boroughs.Count > 0 && given == 0)
        {
            problems.Add(new Problem("Say what is different there", Field: "own.1.value", Accepted: "a value"));
        }

        return design;
    }
}
