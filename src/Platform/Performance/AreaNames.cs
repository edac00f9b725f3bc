using System.Text;
using Pathfinder.Platform.Forces;

namespace Pathfinder.Platform.Performance;

/// <summary>Finds the code of an area by code or name, as tables write them: "E09000007", "Camden", "BCU Central North", "MPS average".</summary>
internal sealed class AreaNames
{
    private static readonly string[] Fillers = ["bcu", "bocu", "area", "average", "borough", "london", "of", "the", "command", "unit", "total", "rolling", "percentage"];
    private readonly Dictionary<string, string> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _names = new(StringComparer.Ordinal);

    private AreaNames(string accepted) => Accepted = accepted;

    /// <summary>What is found, for an error message.</summary>
    public string Accepted { get; }

    /// <summary>Reads the areas of the current force; names given by the user go before all.</summary>
    public static async Task<AreaNames> ReadAsync(IForces forces, IReadOnlyDictionary<string, string> given, CancellationToken cancellation)
    {
        var pack = await forces.FindCurrentAsync(cancellation);
        var names = new AreaNames(pack is null
            ? "a code: there is no force to find names in"
            : "MPS for the whole force, the code or name of a command unit or borough, or a name that the mapping gives a code to (--rename NAME=CODE)")
        {
            AnyCode = pack is null,
        };
        names.Add(SeriesReading.WholeForce, "MPS", "Met", "Metropolitan Police", "whole force", "force", pack?.Manifest.Force ?? "MPS");
        foreach (var ward in pack?.Wards ?? [])
        {
            names._codes.TryAdd(ward.Code.ToUpperInvariant(), ward.Code);
        }

        foreach (var borough in pack?.Boroughs ?? [])
        {
            names.Add(borough.Code, borough.Name);
        }

        // A single-borough command has its borough's name: the borough is meant.
        foreach (var unit in pack?.CommandUnits ?? [])
        {
            if (unit.Members.Select(member => member.Borough).Distinct(StringComparer.Ordinal).Count() > 1)
            {
                names.Add(unit.Code.ToUpperInvariant(), unit.Name);
            }
            else
            {
                names._codes.TryAdd(unit.Code.ToUpperInvariant(), unit.Code.ToUpperInvariant());
            }
        }

        foreach (var (name, code) in given)
        {
            names._names[Plain(name)] = names._codes.GetValueOrDefault(code.Trim().ToUpperInvariant(), code.Trim().ToUpperInvariant());
        }

        return names;
    }

    private bool AnyCode { get; init; }

    /// <summary>The code; null where the text names no area, or two of them.</summary>
    public string? Find(string text) =>
        _names.TryGetValue(Plain(text), out var named) && named is not null ? named
        : _codes.TryGetValue(text.Trim().ToUpperInvariant(), out var code) ? code
        : AnyCode && text.Trim().Length is > 0 and <= 20 && text.Trim().All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? text.Trim().ToUpperInvariant() : null;

    private void Add(string code, params string[] names)
    {
        _codes[code.ToUpperInvariant()] = code;
        foreach (var name in names)
        {
            var plain = Plain(name);
            // A name of two areas is none.
            _names[plain] = _names.TryGetValue(plain, out var other) && other != code ? null : code;
        }
    }

    private static string Plain(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name.Replace("&", " and ", StringComparison.Ordinal))
        {
            words.Append(char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ');
        }

        var kept = words.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var plain = string.Join(' ', kept.Where(word => !Fillers.Contains(word, StringComparer.Ordinal)));
        return plain.Length > 0 ? plain : string.Join(' ', kept);
    }
}
