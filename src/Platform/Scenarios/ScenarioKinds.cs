using Pathfinder.Engine.Response;

namespace Pathfinder.Platform.Scenarios;

/// <summary>
/// The kinds of incident that types, and boroughs with rules of their own, make of the grades. Every phase has the same kinds:
/// wherever one phase tells incidents apart, all do.
/// </summary>
internal sealed class ScenarioKinds
{
    private readonly IReadOnlyList<IReadOnlyList<ScenarioIncidentType>> _types;
    private readonly bool _apart;

    private ScenarioKinds(IReadOnlyList<IReadOnlyList<ScenarioIncidentType>> types, bool apart)
    {
        _types = types;
        _apart = apart;
    }

    /// <summary>The kinds of a scenario with its phases.</summary>
    public static ScenarioKinds Of(ScenarioFile scenario)
    {
        var phases = Enumerable.Range(0, scenario.Phases.Count + 1).Select(phase => ScenarioPhases.Of(scenario, phase)).ToList();
        IReadOnlyList<IReadOnlyList<ScenarioIncidentType>> types =
            [.. scenario.Grades.Select((_, grade) => phases.Select(phase => phase.Grades[grade].Types).FirstOrDefault(given => given is { Count: > 0 }) ?? [])];
        return new ScenarioKinds(types, types.Any(given => given.Count > 0) || phases.Any(phase => phase.Boroughs.Any(borough => phase.Grades.Any(grade => !Alike(grade, In(phase, borough.Code, grade))))));
    }

    /// <summary>Types of a grade, by its place; empty where it has none in any phase.</summary>
    public IReadOnlyList<ScenarioIncidentType> Types(int grade) => _types[grade];

    /// <summary>What a grade asks for in a borough, and with a type in particular.</summary>
    public static ScenarioGrade In(ScenarioFile phase, string borough, ScenarioGrade grade, string? type = null)
    {
        var own = phase.GradesIn?.FirstOrDefault(rules => rules.Boroughs.Contains(borough) && rules.Grades.Any(one => one.Code == grade.Code))
            ?.Grades.First(one => one.Code == grade.Code);
        var asked = own?.Over(grade) ?? grade;
        asked = grade.Types?.FirstOrDefault(one => one.Code == type)?.Over(asked) ?? asked;
        return own?.Types?.FirstOrDefault(one => one.Code == type)?.Over(asked) ?? asked;
    }

    /// <summary>The share of a grade's incidents in a borough that are crimes which an officer keeps, over its types in the shares in which they come.</summary>
    public static double KeptShare(ScenarioFile phase, string borough, ScenarioGrade grade)
    {
        static double Kept(ScenarioGrade asked) => asked.CrimeShare * asked.EndToEndShare;
        var types = grade.Types ?? [];
        return types.Count == 0 ? Kept(In(phase, borough, grade)) : types.Sum(type => type.Share * Kept(In(phase, borough, grade, type.Code)));
    }

    /// <summary>The engine's kinds in one phase; null where no incident differs from its grade in any phase.</summary>
    public IncidentKinds? Of(ScenarioFile phase, Func<ScenarioGrade, GradeRules> compile)
    {
        if (!_apart)
        {
            return null;
        }

        var rules = new List<GradeRules>();
        var upTo = new List<double>();
        var first = new List<int>();
        var made = new List<(ScenarioGrade Grade, GradeRules Rules)>();
        GradeRules Rules(ScenarioGrade grade)
        {
            var at = made.FindIndex(each => Alike(each.Grade, grade));
            if (at < 0)
            {
                at = made.Count;
                made.Add((grade, compile(grade)));
            }

            return made[at].Rules;
        }

        foreach (var borough in phase.Boroughs)
        {
            foreach (var (grade, g) in phase.Grades.Select((grade, g) => (grade, g)))
            {
                first.Add(rules.Count);
                double sum = 0;
                foreach (var type in _types[g])
                {
                    sum += type.Share;
                    rules.Add(Rules(In(phase, borough.Code, grade, type.Code)));
                    upTo.Add(sum);
                }

                if (_types[g].Count == 0)
                {
                    rules.Add(Rules(In(phase, borough.Code, grade)));
                    upTo.Add(1);
                }

                upTo[^1] = 1;
            }
        }

        first.Add(rules.Count);
        return new IncidentKinds([.. rules], [.. first], [.. upTo]);
    }

    private static bool Alike(ScenarioGrade a, ScenarioGrade b) => a.UnitsNeeded.SequenceEqual(b.UnitsNeeded) && a == b with { UnitsNeeded = a.UnitsNeeded, Types = a.Types };
}
