namespace Pathfinder.Platform.Scenarios;

// Types of incident, and boroughs with rules of their own.
internal sealed partial class ScenarioChecks
{
    private const int MostTypes = 50;

    private IEnumerable<ScenarioRules> Apart() =>
        _scenario.Grades.SelectMany(grade => grade.Types ?? [])
            .Concat<ScenarioRules>((_scenario.GradesIn ?? []).SelectMany(some => some.Grades).SelectMany(grade => (grade.Types ?? []).Prepend<ScenarioRules>(grade)));

    private void Types(string at, ScenarioGrade grade)
    {
        if (grade.Types is not { } types)
        {
            return;
        }

        Unique(at, types.Select(type => type.Code), needed: true);
        if (types.Count > MostTypes)
        {
            Add("There are too many types of a grade", at, Text(types.Count), $"at most {MostTypes}");
        }

        foreach (var (type, i) in Each(types))
        {
            Share($"{at}[{i}].share", type.Share);
            Rules($"{at}[{i}]", type);
            Needs($"{at}[{i}]", type.Over(grade));
        }

        if (types.Count > 0 && Math.Abs(types.Sum(type => type.Share) - 1) > 1e-6)
        {
            Add("The shares of a grade’s types do not add to 1", at, string.Join(" + ", types.Select(type => Text(type.Share))), "shares that add to 1");
        }
    }

    private void GradesIn()
    {
        var told = new HashSet<(string Borough, string Grade)>();
        foreach (var (some, i) in Each(_scenario.GradesIn ?? []))
        {
            var at = $"$.gradesIn[{i}]";
            Unique($"{at}.boroughs", some.Boroughs, needed: true);
            foreach (var (borough, b) in Each(some.Boroughs))
            {
                Known($"{at}.boroughs[{b}]", borough, _scenario.Boroughs.Select(x => x.Code), "a borough of the scenario");
                foreach (var grade in some.Grades.Select(grade => grade.Code).Distinct(StringComparer.Ordinal).Where(code => !told.Add((borough, code))))
                {
                    Add("A grade of a borough has rules of its own twice", $"{at}.boroughs[{b}]", $"{borough} {grade}", "each borough and grade once");
                }
            }

            Unique($"{at}.grades", some.Grades.Select(grade => grade.Code), needed: true);
            foreach (var (own, g) in Each(some.Grades))
            {
                GradeIn($"{at}.grades[{g}]", own);
            }
        }
    }

    private void GradeIn(string at, ScenarioGradeIn own)
    {
        Known($"{at}.code", own.Code, _scenario.Grades.Select(grade => grade.Code), "a grade of the scenario");
        Rules(at, own);
        if (_scenario.Grades.FirstOrDefault(grade => grade.Code == own.Code) is not { } everywhere)
        {
            return;
        }

        var here = own.Over(everywhere);
        var sound = Needs(at, here);
        var types = everywhere.Types ?? [];
        Unique($"{at}.types", (own.Types ?? []).Select(type => type.Code), needed: false);
        foreach (var (type, t) in Each(own.Types ?? []))
        {
            Known($"{at}.types[{t}].code", type.Code, types.Select(known => known.Code), types.Count == 0 ? "none, as the grade has no types" : "a type of the grade");
            Rules($"{at}.types[{t}]", type);
        }

        foreach (var type in types.Where(_ => sound))
        {
            var there = type.Over(here);
            var mine = (own.Types ?? []).FirstOrDefault(one => one.Code == type.Code);
            Needs(at, mine?.Over(there) ?? there);
        }
    }

    // Which type an incident is of is drawn when it is created, before anybody knows under which phase it will be attended.
    private void TypesStay(int phase)
    {
        if (_scenario.Phases[phase].Grades is not { } grades)
        {
            return;
        }

        foreach (var (grade, g) in Each(grades))
        {
            var before = _scenario.Phases.Take(phase).Select(earlier => earlier.Grades).Prepend(_scenario.Grades)
                .Select(earlier => earlier?.FirstOrDefault(one => one.Code == grade.Code)?.Types).FirstOrDefault(types => types is { Count: > 0 });
            if (grade.Types is { Count: > 0 } types && before is not null && Told(types) != Told(before))
            {
                Add("Types and their shares cannot change inside a run", $"$.phases[{phase}].grades[{g}].types", Told(types), $"{Told(before)}, or none to treat all alike");
            }
        }
    }

    private static string Told(IReadOnlyList<ScenarioIncidentType> types) => string.Join(", ", types.Select(type => $"{type.Code} {Text(type.Share)}"));

    private void Rules(string at, ScenarioRules rules)
    {
        Duration($"{at}.scene", rules.Scene);
        Duration($"{at}.custody", rules.Custody);
        Duration($"{at}.caseWork", rules.CaseWork);
        Share($"{at}.arrestProbability", rules.ArrestProbability ?? 0);
        Share($"{at}.telephoneShare", rules.TelephoneShare ?? 0);
        Share($"{at}.passBackShare", rules.PassBackShare ?? 0);
        Share($"{at}.crimeShare", rules.CrimeShare ?? 0);
        Share($"{at}.endToEndShare", rules.EndToEndShare ?? 0);
        Share($"{at}.vulnerableShare", rules.VulnerableShare ?? 0);
        Share($"{at}.decisionShare", rules.DecisionShare ?? 0);
        Share($"{at}.supportShare", rules.SupportShare ?? 0);
        Between($"{at}.passBackAfterMinutes", rules.PassBackAfterMinutes ?? 0, 0, BoundsAttribute.LongestMinutes);
        if (rules.UnitsNeeded is { } units)
        {
            UnitsNeeded($"{at}.unitsNeeded", units);
        }
    }

    private void UnitsNeeded(string path, IReadOnlyList<double> units)
    {
        if (units.Count is 0 or > 32 || units.Any(p => !(p >= 0)) || Math.Abs(units.Sum() - 1) > 1e-6)
        {
            Add("Probabilities of needing 1, 2, 3… units do not add to 1", path, string.Join(" + ", units.Select(Text)), "1 to 32 probabilities that add to 1");
        }
    }

    private bool Needs(string at, ScenarioGrade grade)
    {
        var before = _problems.Count;
        if (grade.ArrestProbability > 0 && grade.Custody is null)
        {
            Add("Arrests need a custody time", $"{at}.custody", null, "a duration");
        }

        if (grade.CrimeShare * grade.EndToEndShare > 0 && grade.CaseWork is null)
        {
            Add("Crimes kept end to end need a case work time", $"{at}.caseWork", null, "a duration");
        }

        return _problems.Count == before;
    }
}
