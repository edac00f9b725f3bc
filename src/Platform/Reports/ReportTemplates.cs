namespace Pathfinder.Platform.Reports;

/// <summary>
/// The templates shipped. Each is a list of sections over records; none holds a fact of any programme. What else became known in the
/// period stands in the annex, so that nothing reported is left out.
/// </summary>
internal static class ReportTemplates
{
    private const string Verdict = "Verdict", Shows = "What shows it, or why it cannot be tested";

    private static readonly (string, int, IReadOnlyList<string>) Why = (Verdict + ", and why", 5, ["", ""]);

    private static readonly FieldColumn Promise = new("Promise", 4, "promise"), By = new("By", 2, "by", "with"), To = new("To", 2, "to");

    public static IReadOnlyList<ReportTemplate> All { get; } =
    [
        new("highlight-report", "Highlight report", "What happened in the month, which milestones move and why, and which risks and issues stand against them.",
        [
            new RecordsList("Headline commentary", "progress-report", "progress") { Pick = Pick.Reported, GroupBy = "work", OrderBy = "order", Empty = "Nothing was reported in this period." },
            new RecordsTable("Milestones", "milestone", new("Milestone", 4, "title", "completion", "tranche"), new("Baseline", 2, "baselines"), new("Forecast, actual", 3, "forecasts", "actual"), new("Rating", 1, "published.rating"), new("Reason for the rating", 5, "published.reason"), new("Key activities of the next period", 5, "nextActivities", "enablers", "dependsOn"))
            {
                Pick = Pick.Reported, OrderBy = "order", Computed = ["Later than its baseline", "Computed rating"], Together = ("As computed", 3, ["", "rating "]), Finding = true, Empty = "No milestone was reported on in this period.",
            },
            new RecordsTable("Milestones without a report", "milestone", new("Milestone", 4, "title"), new("Baseline", 4, "baselines"), new("Forecast", 2, "forecasts", "actual"))
            {
                Pick = Pick.Silent, Computed = ["State", "Computed rating"],
            },
            new RecordsTable("Risks", "risk", new("Description", 4, "event", "cause"), new("Impact", 3, "effect"), new("Rating", 1, "published.rating"), new("Controls", 5, "controls")) { Pick = Pick.Reported, Computed = ["State"], Empty = "No risk was reported on in this period." },
            new RecordsTable("Issues", "issue", new("What happened", 4, "event"), new("Impact", 3, "effect"), new("Rating", 1, "published.rating"), new("Controls", 5, "controls", "raised")) { Pick = Pick.Reported, Computed = ["State"] },
            new RecordsTable("Decisions", "decision", new("Decision", 4, "title", "summary"), new("By", 2, "decisionMaker", "body"), new("When", 2, "decidedOn", "due", "deferredTo"), new("Conditions", 4, "conditions")) { Pick = Pick.Reported, Computed = ["Where it stands"] },
            new RecordsTable("What may not happen yet", "embargo", new("What", 4, "what", "summary"), new("Not before", 2, "notBefore"), new("Agreed by", 2, "agreedBy")) { Computed = ["State", "Planned against it"] },
            new RecordsTable("Meetings", "meeting", new("Meeting", 4, "title", "summary"), new("When", 2, "when"), new("Present", 3, "present"), new("Agenda and actions", 5, "agenda", "actions")) { Pick = Pick.Reported },
            new RecordsTable("Engagement and inspection", "engagement", new("What", 3, "title"), new("When", 2, "when"), new("With", 3, "with"), new("What was said and asked", 5, "said", "asked")) { Pick = Pick.Reported },
            new RecordsTable("What was stated, and whether the data bears it out", "statement", new FieldColumn("Statement", 5, "says")) { Pick = Pick.Reported, Computed = [Verdict, Shows], Together = Why },
            new ContradictionsSection("What contradicts"),
        ]),
        new("performance-briefing", "Performance briefing", "How a change performs where it is live, what was adapted and why, and what comes next.",
        [
            new RecordsTable("The tests", "pilot", new("Test", 2, "title"), new("Boroughs", 2, "boroughs"), new("Fully live", 4, "live", "phases"), new("Overseen by", 2, "board", "commander"), new("Adapted", 6, "adaptations")) { Computed = ["Reversal"] },
            new EvaluationSection("What the evaluation comes to"),
            new RecordsList("What is said", "statement", "says") { Pick = Pick.Reported, GroupBy = "subject", Computed = [Verdict, Shows], Finding = true, Empty = "Nothing was stated in this period." },
            new RecordsTable("Recovery", "recovery-plan", new("Plan", 3, "title", "summary"), new("Starts", 2, "starts"), new("Steps", 5, "steps")) { Computed = ["Recovered", "What shows it"] },
            new RecordsList("Progress by element of the model", "progress-report", "progress", "next") { Pick = Pick.Reported, GroupBy = "work", Empty = "No element was reported on in this period." },
            new RecordsTable("Boards", "body", new("Board", 3, "title"), new("Chairs and members", 6, "members")) { Pick = Pick.Reported },
            new RecordsTable("Issues", "issue", new("What happened", 4, "event"), new("Impact", 3, "effect"), new("What is done", 5, "controls")) { Computed = ["State"] },
            new RecordsTable("Promises", "commitment", Promise, By, To) { Pick = Pick.Reported, Computed = [Verdict, Shows], Together = Why, Finding = true },
            new RecordsList("Objectives of the evaluation", "objective", "title", "drives") { Pick = Pick.Reported, OrderBy = "number" },
            new RecordsTable("Milestones", "milestone", new("Milestone", 4, "title", "summary"), new("Baseline", 2, "baselines"), new("Forecast", 3, "forecasts", "actual")) { Pick = Pick.Reported, Computed = ["Later than its baseline"] },
            new RecordsTable("Decisions to come", "decision", new("Decision", 4, "title", "summary"), new("By", 2, "decisionMaker"), new("When", 2, "due", "decidedOn"), new("Conditions", 4, "conditions")) { Pick = Pick.Reported, Computed = ["Where it stands"] },
            new ContradictionsSection("What contradicts"),
            new MeasuresSection("Appendix: performance month by month"),
        ]),
        new("evaluation-report", "Evaluation report", "What a test did, held against the plan agreed beforehand: the gate, effects with their intervals, control charts, and what documents claim.",
        [
            new EvaluationSection("Evaluation") { WithCharts = true, Empty = "No evaluation plan of this work is known on these dates." },
            new RecordsTable("The tests", "pilot", new("Test", 4, "title", "summary"), new("Boroughs", 2, "boroughs"), new("Fully live", 4, "live", "phases"), new("Adapted", 6, "adaptations")) { Computed = ["Reversal"] },
            new RecordsTable("Recovery", "recovery-plan", new("Plan", 3, "title", "summary"), new("Starts", 2, "starts"), new("Steps", 5, "steps")) { Computed = ["Recovered", "What shows it"] },
            new RecordsTable("What was stated in the period, and whether the data bears it out", "statement", new FieldColumn("Statement", 5, "says")) { Pick = Pick.Reported, Computed = [Verdict, Shows], Together = Why },
            new ContradictionsSection("What contradicts"),
        ]),
        new("decision-paper", "Decision paper", "What is asked of the decision maker, on which advice, resting on what; with the business case.",
        [
            new DecisionSection("The decision"),
            new RecordsTable("Business case", "business-case", new("Case", 2, "title", "summary"), new("Passages", 6, "passages"), new("Presented", 2, "presentedBy", "onBehalfOf")),
            new RecordsTable("Objectives", "objective", new("No.", 1, "number"), new("Objective", 5, "title", "summary"), new("Drives", 4, "drives")) { OrderBy = "number", GroupBy = "series" },
            new RecordsTable("Benefits", "benefit", new("Objective", 3, "objective"), new("Benefit", 4, "title"), new("Kind", 2, "kind"), new("Value", 2, "value", "target", "by")) { Computed = ["Measured by"], Finding = true },
            new RecordsTable("Contribution to the portfolio's roadmap", "capability", new("Capability", 5, "title", "summary"), new("Roadmap", 3, "roadmap")),
            new RecordsTable("What is offered, in posts", "establishment-entry", new("What", 3, "title"), new("Function", 2, "function", "role"), new("Posts", 1, "posts"), new("Each", 1, "per"), new("When", 2, "when")) { Computed = ["Comes to"] },
            new RecordsTable("Principles and promises", "commitment", Promise, By, To) { Computed = [Verdict], Finding = true },
            new RecordsTable("Plan", "tranche", new("Tranche", 3, "title"), new("From", 2, "starts"), new("To", 2, "ends"), new("What it enables", 6, "enables")) { OrderBy = "number" },
            new RecordsTable("Milestones", "milestone", new("Milestone", 4, "title", "summary"), new("Baseline", 2, "baselines"), new("Forecast", 2, "forecasts", "actual")),
            new FundingSection("Money"),
            new RecordsTable("Impact assessments", "impact-assessment", new("Of", 2, "title", "subject"), new("Finding", 5, "finding"), new("Advised by", 2, "advisedBy"), new("Owed for", 3, "owedFor")) { Computed = ["State"] },
            new RecordsTable("Risks", "risk", new("Risk", 3, "title"), new("Description", 5, "event", "cause", "effect"), new("Controls", 3, "controls"), new("Also worded", 4, "wordings")) { Finding = true },
            new RecordsTable("Assets", "asset", new("Asset", 3, "what"), new("Change", 2, "change"), new("Out of", 2, "outOf", "count"), new("Why", 4, "why")),
            new RecordsTable("Engagement", "engagement", new("What", 3, "title", "summary"), new("When", 2, "when"), new("With", 3, "with"), new("What was said and asked", 5, "said", "asked")),
            new RecordsTable("What was stated, and whether the data bears it out", "statement", new FieldColumn("Statement", 5, "says")) { Pick = Pick.Reported, Computed = [Verdict, Shows], Together = Why },
            new ContradictionsSection("What contradicts"),
        ]),
        new("member-briefing", "Member briefing", "What a change means for councils: the model, the money, the timetable with its commanders, and what partners may want to arrange.",
        [
            new RecordsList("Analysis", "statement", "says") { Pick = Pick.Reported, GroupBy = "subject", Computed = [Verdict, Shows], Finding = true, Empty = "Nothing was stated in this period." },
            new TimetableSection("Timetable of the roll-out"),
            new RecordsTable("Command", "post", new("Post", 3, "title", "summary"), new("Rank", 2, "rank"), new("How many", 1, "count"), new("Reports to", 3, "reportsTo")) { Pick = Pick.Reported, Computed = ["Held by"] },
            new RecordsTable("Posts and officers", "establishment-entry", new("What", 3, "title"), new("Role", 2, "function", "role"), new("Posts", 1, "posts"), new("Each", 1, "per"), new("When", 2, "when"), new("Saving", 2, "saving")) { Pick = Pick.Reported, Computed = ["Comes to"] },
            new RecordsTable("Benefits", "benefit", new("Benefit", 4, "title", "summary"), new("Value", 2, "value"), new("By", 2, "by")) { Pick = Pick.Reported },
            new RecordsTable("Promises", "commitment", Promise, By, To) { Pick = Pick.Reported, Computed = [Verdict, Shows], Together = Why, Finding = true },
            new RecordsTable("What is expected of the police and their partners", "expectation", new("What is expected", 6, "expects"), new("Of", 2, "of"), new("By", 2, "by")) { Pick = Pick.Reported, GroupBy = "series", OrderBy = "number" },
            new RecordsTable("The tests", "pilot", new("Test", 4, "title", "summary"), new("Boroughs", 2, "boroughs"), new("Fully live", 4, "live", "phases"), new("Commander", 2, "commander")),
            new RecordsTable("Milestones", "milestone", new("Milestone", 4, "title", "summary"), new("Baseline", 2, "baselines"), new("Forecast", 3, "forecasts", "actual")) { Pick = Pick.Reported, Computed = ["Later than its baseline"] },
            new RecordsTable("Engagement", "engagement", new("What", 3, "title", "summary"), new("When", 2, "when"), new("With", 3, "with"), new("What was said and asked", 5, "said", "asked")) { Pick = Pick.Reported },
            new ContradictionsSection("What contradicts"),
        ]),
        new("portfolio-progress-report", "Summary progress report", "Every project of a portfolio, strand by strand: who leads it, under which committee, what was done, and what is due next.",
        [
            new RecordsTable("Projects", "progress-report", new("Strand", 2, "work>work"), new("Project", 3, "work>title"), new("Leads and committees", 5, "work>leads"), new("Plan", 2, "work>plan", "work>planGoesTo", "work>planDate"), new("Progress to date", 7, "progress", "notReported"), new("Deliverables of the next period", 7, "next"))
            {
                Pick = Pick.Reported, OrderBy = "order", Finding = true, Empty = "Nothing was reported in this period.",
            },
            new RecordsTable("Projects without a report", "work", new("Project", 4, "title"), new("Under", 3, "work"), new("Leads", 4, "leads")) { Pick = Pick.Silent, Computed = ["Latest report"] },
            new RecordsTable("Milestones", "milestone", new("Milestone", 4, "title", "summary"), new("Baseline", 2, "baselines"), new("Forecast", 2, "forecasts", "actual")) { Computed = ["State"] },
            new RecordsTable("Meetings", "meeting", new("Meeting", 3, "title"), new("When", 2, "when"), new("Agenda", 5, "agenda"), new("Present and actions", 4, "present", "actions")) { Pick = Pick.Reported, OrderBy = "when", Computed = ["State"] },
            new RecordsTable("Decisions", "decision", new("Decision", 4, "title", "summary"), new("By", 2, "body", "decisionMaker"), new("When", 2, "decidedOn"), new("Follow-through", 5, "followThrough")),
            new RecordsTable("Inspections", "inspection", new("Inspection", 4, "title", "summary"), new("By", 2, "by"), new("When", 2, "when"), new("Of", 3, "of")) { Computed = ["Finding"] },
            new RecordsTable("Engagement", "engagement", new("What", 3, "title", "summary"), new("When", 2, "when"), new("With", 3, "with"), new("What was said and asked", 5, "said", "asked")) { Pick = Pick.Reported },
            new RecordsTable("Expectations", "expectation", new("What is expected", 6, "expects"), new("Of", 2, "of"), new("By", 2, "by")),
            new RecordsTable("What was stated", "statement", new("About", 2, "subject"), new("Statement", 5, "says")) { Pick = Pick.Reported, Computed = [Verdict] },
            new ContradictionsSection("What contradicts"),
        ]),
    ];
}
