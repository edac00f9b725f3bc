using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Publications;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Programme.Rounds;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme;

/// <summary>Every kind of record of the programme, by register, in the order of navigation. Names and addresses are never renamed.</summary>
public static class ProgrammeKinds
{
    private const string Work = "Work", Schedule = "Schedule", Risks = "Risks and issues", Decisions = "Decisions", Resources = "Money, posts and benefits",
        Bodies = "Bodies and people", Promises = "Promises", RollOut = "Roll-out and tests", Measures = "Measures", Documents = "Documents", Reports = "Reports", Rounds = "Monthly round";

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<RecordKind> All { get; } =
    [
        new RecordKind<WorkItem>("work", "work", "work item", "work items", Work, "Portfolio, strands, programmes, projects and pilots: who leads each, under what, and where its plan stands."),
        new RecordKind<ProgressReport>("progress-report", "progress-reports", "progress report", "progress reports", Work, "What was reported on each work item for a period, or why nothing was."),
        new RecordKind<PortfolioReturn>("portfolio-return", "portfolio-returns", "return of a portfolio", "returns of portfolios", Work, "Annual returns of a portfolio, a round each, as imported.", Pathfinder.Platform.People.Permission.Import, ReturnFingerprint.Check, madeAt: "/portfolio"),
        new RecordKind<PortfolioMatch>("portfolio-match", "portfolio-matches", "match of a return", "matches of returns", Work, "Which line of a return without an id is which project, as somebody decided.", madeAt: "/portfolio"),
        new RecordKind<Milestone>("milestone", "milestones", "milestone", "milestones", Schedule, "What is to be reached by when: baselines, forecasts, what happened, and what each waits for."),
        new RecordKind<Tranche>("tranche", "tranches", "tranche", "tranches", Schedule, "Tranches in their named series."),
        new RecordKind<Embargo>("embargo", "embargoes", "embargo", "embargoes", Schedule, "What may not happen before a date."),
        new RecordKind<RatingScale>("rating-scale", "rating-scales", "rating scale", "rating scales", Schedule, "The words ratings are given in."),
        new RecordKind<RatingRule>("rating-rule", "rating-rules", "rating rule", "rating rules", Schedule, "The numbers by which ratings are computed."),
        new RecordKind<Risk>("risk", "risks", "risk", "risks", Risks, "What may go wrong: cause, event, effect, and what is done about it."),
        new RecordKind<Issue>("issue", "issues", "issue", "issues", Risks, "What has gone wrong and is being dealt with."),
        new RecordKind<Decision>("decision", "decisions", "decision", "decisions", Decisions, "What was decided, by whom, on what advice, resting on what.", check: DecisionChecks.Of),
        new RecordKind<ConfidentialPart>("confidential-part", "confidential-parts", "Part 2", "Part 2 papers", Decisions, "Confidential parts of papers, for their readers alone.", check: DecisionChecks.Of),
        new RecordKind<AuthorityRule>("authority-rule", "authority-rules", "authority rule", "authority rules", Decisions, "Who must decide what."),
        new RecordKind<BusinessCase>("business-case", "business-cases", "business case", "business cases", Decisions, "Mandate, strategic outline, outline and full business case on their way through the bodies."),
        new RecordKind<Funding>("funding", "funding", "funding", "funding", Resources, "Money: lines, contingency, stated total, approval, spend and virement.", check: FundingLedger.Check),
        new RecordKind<EstablishmentEntry>("establishment-entry", "establishment", "entry of the establishment", "entries of the establishment", Resources, "The ledger of posts: totals, uplifts, transfers, reductions, strength and vacancies."),
        new RecordKind<Abstraction>("abstraction", "abstractions", "abstraction", "abstractions", Resources, "Officers on duty outside their normal role for a time."),
        new RecordKind<Asset>("asset", "assets", "asset", "assets", Resources, "Vehicles and other assets."),
        new RecordKind<Objective>("objective", "objectives", "objective", "objectives", Resources, "What the work is for."),
        new RecordKind<Benefit>("benefit", "benefits", "benefit", "benefits", Resources, "What the work should bring, and what it did."),
        new RecordKind<Capability>("capability", "capabilities", "capability", "capabilities", Resources, "Capabilities of the portfolio that work contributes to."),
        new RecordKind<Party>("party", "parties", "party", "parties", Bodies, "Organisations and groups of people that take part."),
        new RecordKind<Body>("body", "bodies", "body", "bodies", Bodies, "Boards, committees, groups and forums, with chairs and members by post."),
        new RecordKind<Meeting>("meeting", "meetings", "meeting", "meetings", Bodies, "Meetings held and planned: agenda, papers, actions, who was there."),
        new RecordKind<Inspection>("inspection", "inspections", "inspection", "inspections", Bodies, "Inspections and assurance."),
        new RecordKind<Person>("person", "people", "person", "people", Bodies, "People in public office or named by a document."),
        new RecordKind<Post>("post", "posts", "post", "posts", Bodies, "Posts that people hold."),
        new RecordKind<Appointment>("appointment", "appointments", "appointment", "appointments", Bodies, "Who holds which post from when."),
        new RecordKind<Commitment>("commitment", "commitments", "promise", "promises", Promises, "Who promised what to whom, and whether it is kept.", check: CommitmentChecks.Of),
        new RecordKind<Expectation>("expectation", "expectations", "expectation", "expectations", Promises, "What is expected of a party without its having promised it, and whether it is met.", check: CommitmentChecks.Of),
        new RecordKind<Pilot>("pilot", "pilots", "pilot", "pilots", RollOut, "Live, reversible tests: phases, consents, adaptations, and how each can be reversed."),
        new RecordKind<Wave>("wave", "waves", "wave", "waves", RollOut, "Waves of the roll-out: units, commanders, dates."),
        new RecordKind<RollOutTerms>("roll-out-terms", "roll-out-terms", "terms of a roll-out", "terms of roll-outs", RollOut, "How long engagement, preparation and go-live were promised to last."),
        new RecordKind<RecoveryPlan>("recovery-plan", "recovery-plans", "recovery plan", "recovery plans", RollOut, "Plans to bring performance back."),
        new RecordKind<Engagement>("engagement", "engagements", "engagement", "engagements", RollOut, "Engagement, consultation, communication and feedback."),
        new RecordKind<ImpactAssessment>("impact-assessment", "impact-assessments", "impact assessment", "impact assessments", RollOut, "Assessments of impact, done and owed."),
        new RecordKind<Measure>("measure", "measures", "measure", "measures", Measures, "The catalogue of measures: definition, unit, target."),
        new RecordKind<Observation>("observation", "observations", "observation", "observations", Measures, "Values of measures by area and period."),
        new RecordKind<ObservationSet>("observation-set", "observation-sets", "set of observations", "sets of observations", Measures, "Values imported or computed as one table: by area and period, with their source.", Pathfinder.Platform.People.Permission.Import, ObservationSets.Check),
        new RecordKind<ChartSegment>("chart-segment", "chart-segments", "segment of a chart", "segments of charts", Measures, "Where the limits of a chart start afresh, or its baseline ends, and why.", Pathfinder.Platform.People.Permission.Import, ChartSegments.Check),
        new RecordKind<Document>("document", "documents", "document", "documents", Documents, "Documents that facts come from; a text may be attached, and then a source opens the passage."),
        new RecordKind<Statement>("statement", "statements", "statement", "statements", Documents, "What was stated, as stated; with a query it is tested against what was known."),
        new RecordKind<ReportSeries>("report-series", "report-series", "series of reports", "series of reports", Reports, "Series of reports: which template, on which work, for whom, how often."),
        new RecordKind<Edition>("edition", "editions", "edition of a report", "editions of reports", Reports, "Editions of reports: drafted, checked, published, superseded, corrected.", madeAt: "/reports"),
        new RecordKind<Round>("round", "rounds", "round", "rounds", Rounds, "Monthly rounds: who was asked for what, who answered, who signed off.", madeAt: "/round/new"),
        new RecordKind<RoundLine>("round-line", "round-lines", "line of a round", "lines of rounds", Rounds, "What an owner reported on a record in a round.", madeAt: "/rounds"),
    ];
}
