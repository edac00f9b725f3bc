using System.Text.Json.Serialization;

namespace Pathfinder.Platform.Scenarios;

/// <summary>
/// What some incidents of a grade ask for otherwise than the grade: those of a type, or of some boroughs. What is not given is
/// as it is for the others. Targets, who pre-empts and what happens where no unit is free are the grade's alone.
/// </summary>
public abstract record ScenarioRules
{
    /// <summary>Time on scene.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScenarioDuration? Scene { get; init; }

    /// <summary>Probability of needing 1, 2, 3… units.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? UnitsNeeded { get; init; }

    /// <summary>Probability that the first unit makes an arrest and goes to custody.</summary>
    [Bounds(0, 1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ArrestProbability { get; init; }

    /// <summary>How long custody keeps that unit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScenarioDuration? Custody { get; init; }

    /// <summary>Share resolved by telephone or online without attendance.</summary>
    [Bounds(0, 1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TelephoneShare { get; init; }

    /// <summary>Share of those passed back to an officer after all.</summary>
    [Bounds(0, 1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PassBackShare { get; init; }

    /// <summary>Minutes after which a passed-back incident joins the queue.</summary>
    [Bounds(0, BoundsAttribute.LongestMinutes)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PassBackAfterMinutes { get; init; }

    /// <summary>Share of attended incidents that are crimes.</summary>
    [Bounds(0, 1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CrimeShare { get; init; }

    /// <summary>Share of those crimes whose case work the attending unit keeps (end-to-end ownership).</summary>
    [Bounds(0, 1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? EndToEndShare { get; init; }

    /// <summary>Case work on a crime kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScenarioDuration? CaseWork { get; init; }

    /// <summary>Whether the scenes may be interrupted by a grade that pre-empts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Interruptible { get; init; }

    /// <summary>Share that is attended in any case because somebody is vulnerable.</summary>
    [Bounds(0, 1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? VulnerableShare { get; init; }

    /// <summary>Share for which a duty inspector must decide before a unit is sent.</summary>
    [Bounds(0, 1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DecisionShare { get; init; }

    /// <summary>Chance that a single-crewed first unit needs a second.</summary>
    [Bounds(0, 1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? SupportShare { get; init; }

    /// <summary>The grade with what is given here in its place.</summary>
    internal ScenarioGrade Over(ScenarioGrade grade) => grade with
    {
        Scene = Scene ?? grade.Scene,
        UnitsNeeded = UnitsNeeded ?? grade.UnitsNeeded,
        ArrestProbability = ArrestProbability ?? grade.ArrestProbability,
        Custody = Custody ?? grade.Custody,
        TelephoneShare = TelephoneShare ?? grade.TelephoneShare,
        PassBackShare = PassBackShare ?? grade.PassBackShare,
        PassBackAfterMinutes = PassBackAfterMinutes ?? grade.PassBackAfterMinutes,
        CrimeShare = CrimeShare ?? grade.CrimeShare,
        EndToEndShare = EndToEndShare ?? grade.EndToEndShare,
        CaseWork = CaseWork ?? grade.CaseWork,
        Interruptible = Interruptible ?? grade.Interruptible,
        VulnerableShare = VulnerableShare ?? grade.VulnerableShare,
        DecisionShare = DecisionShare ?? grade.DecisionShare,
        SupportShare = SupportShare ?? grade.SupportShare,
    };
}

/// <summary>A type of incident of a grade, drawn with the incident: domestic, traffic, other.</summary>
public sealed record ScenarioIncidentType : ScenarioRules
{
    /// <summary>Its code, told with the course of an incident.</summary>
    public required string Code { get; init; }

    /// <summary>Its share of the grade's incidents; the shares of a grade's types add up to 1.</summary>
    [Bounds(0, 1)]
    public required double Share { get; init; }
}

/// <summary>Rules of their own in some boroughs: a pilot changes its own units only.</summary>
public sealed record ScenarioGradesIn
{
    /// <summary>The boroughs; of each, a grade may be named once.</summary>
    public required IReadOnlyList<string> Boroughs { get; init; }

    /// <summary>The grades that differ there, each with only what differs.</summary>
    public required IReadOnlyList<ScenarioGradeIn> Grades { get; init; }
}

/// <summary>What differs of a grade in some boroughs.</summary>
public sealed record ScenarioGradeIn : ScenarioRules
{
    /// <summary>The grade's code.</summary>
    public required string Code { get; init; }

    /// <summary>Types that differ there. What a type says goes before what a grade says, and there before everywhere; shares hold everywhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ScenarioTypeIn>? Types { get; init; }

    /// <summary>What of a grade differs in some boroughs; null where nothing does. Neither has types.</summary>
    internal static ScenarioGradeIn? Between(ScenarioGrade everywhere, ScenarioGrade here)
    {
        static double? Own(double there, double own) => there.Equals(own) ? null : own;
        var own = new ScenarioGradeIn
        {
            Code = everywhere.Code,
            Scene = here.Scene == everywhere.Scene ? null : here.Scene,
            UnitsNeeded = here.UnitsNeeded.SequenceEqual(everywhere.UnitsNeeded) ? null : here.UnitsNeeded,
            ArrestProbability = Own(everywhere.ArrestProbability, here.ArrestProbability),
            Custody = here.Custody == everywhere.Custody ? null : here.Custody,
            TelephoneShare = Own(everywhere.TelephoneShare, here.TelephoneShare),
            PassBackShare = Own(everywhere.PassBackShare, here.PassBackShare),
            PassBackAfterMinutes = Own(everywhere.PassBackAfterMinutes, here.PassBackAfterMinutes),
            CrimeShare = Own(everywhere.CrimeShare, here.CrimeShare),
            EndToEndShare = Own(everywhere.EndToEndShare, here.EndToEndShare),
            CaseWork = here.CaseWork == everywhere.CaseWork ? null : here.CaseWork,
            Interruptible = here.Interruptible == everywhere.Interruptible ? null : here.Interruptible,
            VulnerableShare = Own(everywhere.VulnerableShare, here.VulnerableShare),
            DecisionShare = Own(everywhere.DecisionShare, here.DecisionShare),
            SupportShare = Own(everywhere.SupportShare, here.SupportShare),
        };
        return own == new ScenarioGradeIn { Code = everywhere.Code } ? null : own;
    }
}

/// <summary>What differs of a type in some boroughs.</summary>
public sealed record ScenarioTypeIn : ScenarioRules
{
    /// <summary>The type's code.</summary>
    public required string Code { get; init; }
}
