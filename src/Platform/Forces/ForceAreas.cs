using System.Runtime.CompilerServices;
using System.Text;

namespace Pathfinder.Platform.Forces;

/// <summary>What an area is.</summary>
public enum AreaKind
{
    /// <summary>A borough.</summary>
    Borough,

    /// <summary>A command unit.</summary>
    CommandUnit,

    /// <summary>A ward.</summary>
    Ward,
}

/// <summary>An area of a force.</summary>
public sealed record ForceArea(AreaKind Kind, string Code, string Name)
{
    /// <summary>As a sentence names it: "Camden", "Central North (CN)".</summary>
    public string Words => Kind == AreaKind.CommandUnit ? $"{Name} ({Code})" : Name;
}

/// <summary>The areas of a force by code and by name: the one place that resolves what records, searches and pages call an area.</summary>
public sealed class ForceAreas
{
    private static readonly ConditionalWeakTable<ForcePack, ForceAreas> Made = [];
    private readonly Dictionary<string, ForceArea> _byCode = new(StringComparer.Ordinal);
    private readonly ForcePack _pack;

    private ForceAreas(ForcePack pack)
    {
        _pack = pack;
        foreach (var area in pack.Boroughs.Select(borough => new ForceArea(AreaKind.Borough, borough.Code, borough.Name))
            .Concat(pack.CommandUnits.Select(unit => new ForceArea(AreaKind.CommandUnit, unit.Code, unit.Name)))
            .Concat(pack.Wards.Select(ward => new ForceArea(AreaKind.Ward, ward.Code, ward.Name))))
        {
            // A ward stands once in each edition of the boundaries.
            _byCode.TryAdd(area.Code, area);
        }
    }

    /// <summary>The areas of a pack; made once for each.</summary>
    public static ForceAreas Of(ForcePack pack) => Made.GetValue(pack, static from => new ForceAreas(from));

    /// <summary>The codes there are.</summary>
    public IReadOnlyCollection<string> Codes => _byCode.Keys;

    /// <summary>The area of a code, or null.</summary>
    public ForceArea? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>
    /// The areas that a person means by a code, a name, or a name with its code behind it, whatever the case; boroughs first. A name may be
    /// that of several wards.
    /// </summary>
    public IReadOnlyList<ForceArea> Named(string text)
    {
        var named = Fold(text);
        return named.Length == 0 ? [] : _byCode.Values.Where(area => Fold(area.Code) == named || Fold(area.Name) == named || Fold(area.Words) == named).ToList();
    }

    /// <summary>The codes whose records are about an area: itself; of a ward its borough; of a borough or ward the units that ever command it; of a unit its boroughs.</summary>
    public IReadOnlySet<string> Scope(string code)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal) { code };
        if (Find(code) is { Kind: AreaKind.CommandUnit })
        {
            codes.UnionWith(_pack.CommandUnits.Where(unit => unit.Code == code).SelectMany(unit => unit.Members).Select(member => member.Borough));
            return codes;
        }

        codes.UnionWith(_pack.Wards.Where(ward => ward.Code == code).Select(ward => ward.Borough));
        codes.UnionWith(_pack.CommandUnits.Where(unit => unit.Members.Any(member => codes.Contains(member.Borough))).Select(unit => unit.Code).ToList());
        return codes;
    }

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Replace("&", "and", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(letter))
            {
                folded.Append(char.ToLowerInvariant(letter));
            }
        }

        return folded.ToString();
    }
}
