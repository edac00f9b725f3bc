using Pathfinder.Platform.History;

namespace Pathfinder.Platform.Forces;

/// <summary>A pack in the store: which one, and under which hash its manifest is kept.</summary>
/// <param name="PackSha256">Hash of the manifest, under which its bytes are kept; it holds the hash of every other file.</param>
public sealed record ImportedPack(string Name, string Title, string Force, string Version, string TimeZone, string PackSha256);

/// <summary>That a borough belongs to a command unit.</summary>
public sealed record CommandMembership(string Borough, string Unit, string? Planned, string Basis);

/// <summary>What a command unit is, without its members.</summary>
public sealed record CommandUnitFact(string Code, string Name, string Kind, int? Officers, string Basis);

/// <summary>Kinds of governed fact that a pack brings. Keys start with the pack's name and a stroke.</summary>
public static class ForceKinds
{
    /// <summary>The force; key: the pack's name.</summary>
    public static GovernedKind<ImportedPack> Force { get; } = new("force");

    /// <summary>A borough; key: pack/code.</summary>
    public static GovernedKind<Borough> Borough { get; } = new("borough");

    /// <summary>A ward in one edition; key: pack/edition/code.</summary>
    public static GovernedKind<Ward> Ward { get; } = new("ward");

    /// <summary>A command unit; key: pack/code.</summary>
    public static GovernedKind<CommandUnitFact> CommandUnit { get; } = new("command-unit");

    /// <summary>Who commands a borough; key: pack/borough. A later membership supersedes an earlier one for its days.</summary>
    public static GovernedKind<CommandMembership> Membership { get; } = new("command-unit-membership");

    /// <summary>How a function is arranged in a unit; key: pack/unit/function.</summary>
    public static GovernedKind<FunctionArrangement> Arrangement { get; } = new("function-arrangement");
}

/// <summary>One version that a pack states.</summary>
/// <param name="Until">First day on which it no longer holds; null while open, also where the next version supersedes it.</param>
/// <param name="Ends">First day on which it no longer holds by the pack's own dates.</param>
internal sealed record ForceFact(string Kind, string Key, object Body, DateOnly From, DateOnly? Until, DateOnly? Ends, DateOnly Known)
{
    /// <summary>Every fact that a pack states, in the order of kinds and keys.</summary>
    public static List<ForceFact> Of(ForcePack pack)
    {
        var name = pack.Manifest.Name;
        var start = pack.CommandUnits.SelectMany(u => u.Members).Min(m => m.From);
        var facts = new List<ForceFact>();
        facts.AddRange(pack.Boroughs.Select(b => new ForceFact(ForceKinds.Borough.Name, $"{name}/{b.Code}", b, start, null, null, start)));
        facts.AddRange(pack.Wards.Select(w => new ForceFact(
            ForceKinds.Ward.Name, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}/{w.Edition}/{w.Code}"), w, w.From, After(w.To), After(w.To), w.From)));
        foreach (var unit in pack.CommandUnits)
        {
            var known = unit.Members.Min(m => m.Known ?? m.From);
            facts.Add(new ForceFact(
                ForceKinds.CommandUnit.Name, $"{name}/{unit.Code}", new CommandUnitFact(unit.Code, unit.Name, unit.Kind, unit.Officers, unit.Basis),
                unit.Members.Min(m => m.From), unit.Members.Any(m => m.To is null) ? null : After(unit.Members.Max(m => m.To)), unit.Members.Any(m => m.To is null) ? null : After(unit.Members.Max(m => m.To)), known));
            facts.AddRange(unit.Members.Select(m => new ForceFact(
                ForceKinds.Membership.Name, $"{name}/{m.Borough}", new CommandMembership(m.Borough, unit.Code, m.Planned, m.Basis), m.From, null, After(m.To), m.Known ?? m.From)));
            facts.AddRange(pack.Functions.Where(f => f.CommandUnit == unit.Code).Select(f => new ForceFact(
                ForceKinds.Arrangement.Name, $"{name}/{unit.Code}/{f.Function}", f, f.From,
                pack.Functions.Any(o => o.CommandUnit == unit.Code && o.Function == f.Function && o.From > f.From) ? null : After(f.To), After(f.To),
                f.From > known ? f.From < unit.Members.Min(m => m.From).AddDays(1) ? known : f.From : known)));
        }

        return [.. facts.OrderBy(f => f.Kind, StringComparer.Ordinal).ThenBy(f => f.Key, StringComparer.Ordinal).ThenBy(f => f.From)];
    }

    /// <summary>Whether two packs state the same.</summary>
    public bool Same(ForceFact other) =>
        From == other.From && Until == other.Until && Ends == other.Ends && Known == other.Known && HistoryJson.Write(Body) == HistoryJson.Write(other.Body);

    /// <summary>Adds the version to a commit.</summary>
    public void Record(IChangeSet changes, DateOnly? until, DateOnly known)
    {
        var period = new EffectivePeriod(From, until);
        switch (Body)
        {
            case Borough body:
                changes.Record(ForceKinds.Borough, Key, body, period, known);
                break;
            case Ward body:
                changes.Record(ForceKinds.Ward, Key, body, period, known);
                break;
            case CommandUnitFact body:
                changes.Record(ForceKinds.CommandUnit, Key, body, period, known);
                break;
            case CommandMembership body:
                changes.Record(ForceKinds.Membership, Key, body, period, known);
                break;
            case FunctionArrangement body:
                changes.Record(ForceKinds.Arrangement, Key, body, period, known);
                break;
            default:
                throw new InvalidOperationException($"No kind keeps a {Body.GetType().Name}.");
        }
    }

    /// <summary>Adds to a commit that the fact holds no longer, from its first day on.</summary>
    public void Withdraw(IChangeSet changes, DateOnly known)
    {
        switch (Body)
        {
            case Borough:
                changes.End(ForceKinds.Borough, Key, From, known);
                break;
            case Ward:
                changes.End(ForceKinds.Ward, Key, From, known);
                break;
            case CommandUnitFact:
                changes.End(ForceKinds.CommandUnit, Key, From, known);
                break;
            case CommandMembership:
                changes.End(ForceKinds.Membership, Key, From, known);
                break;
            case FunctionArrangement:
                changes.End(ForceKinds.Arrangement, Key, From, known);
                break;
            default:
                throw new InvalidOperationException($"No kind keeps a {Body.GetType().Name}.");
        }
    }

    private static DateOnly? After(DateOnly? last) => last?.AddDays(1);
}
