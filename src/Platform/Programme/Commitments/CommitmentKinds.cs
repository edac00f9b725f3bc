using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Commitments;

/// <summary>A promise: who made it to whom, and the rule that says whether it is kept.</summary>
public sealed record Commitment : ProgrammeRecord
{
    [Field("Made by", RefersTo = "party", InList = true)]
    public string? By { get; init; }

    [Field("Made together with", RefersTo = "party")]
    public IReadOnlyList<string> With { get; init; } = [];

    [Field("Made to", RefersTo = "party", InList = true)]
    public IReadOnlyList<string> To { get; init; } = [];

    [Field("Promise", Lines = 3, Required = true, Hint = "In our own words")]
    public string Promise { get; init; } = "";

    [Field("Part of", InList = true, Hint = "Where one promise has parts that are kept or broken apart from each other: the name of the whole, the same in each part")]
    public string? PartOf { get; init; }

    [Field("Made on", InList = true)]
    public PartialDate? MadeOn { get; init; }

    [Field("Due or in force until")]
    public PartialDate? Due { get; init; }

    [Field("Rule", IsQuery = true, Lines = 3, Hint = "A query that is true while the promise is kept; empty where it cannot be tested with what is recorded")]
    public string? Rule { get; init; }

    [Field("Why it cannot be tested", Hint = "What would have to be recorded, and who owes it; needed without a rule")]
    public string? NotTestable { get; init; }

    [Field("Said again", Hint = "Where the same promise is made elsewhere")]
    public IReadOnlyList<Locator> SaidAgain { get; init; } = [];
}

/// <summary>What one party expects of another without its having promised it.</summary>
public sealed record Expectation : ProgrammeRecord
{
    [Field("Of", RefersTo = "party", InList = true)]
    public string? Of { get; init; }

    [Field("By", RefersTo = "party", InList = true)]
    public string? By { get; init; }

    [Field("What is expected", Lines = 3, Required = true)]
    public string Expects { get; init; } = "";

    [Field("Number in its list")]
    public int? Number { get; init; }

    [Field("List", InList = true)]
    public string? Series { get; init; }

    [Field("Measure that would show it", RefersTo = "measure")]
    public string? Measure { get; init; }

    [Field("Rule", IsQuery = true, Lines = 3, Hint = "A query that is true while the expectation is met; empty where it cannot be tested with what is recorded")]
    public string? Rule { get; init; }

    [Field("Why it cannot be tested", Hint = "What evidence would show it, and who owes it; needed without a rule")]
    public string? NotTestable { get; init; }
}
