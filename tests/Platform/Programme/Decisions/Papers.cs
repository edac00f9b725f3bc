using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Programme.Decisions;

/// <summary>A complete paper, and a small programme around it: a post, a rule of authority, two facts to rest on.</summary>
internal static class Papers
{
    public static readonly Actor Officer = Person("olive", Role.ProgrammeOffice);
    public static readonly Actor Deputy = Person("sophie", Role.DecisionMaker);

    public static readonly Decision Complete = new()
    {
        Title = "Tranche 1",
        DecisionMaker = "dmpc",
        Amount = 730_000,
        Recommendations = [new Recommendation { Number = 1, What = "Endorse the approach" }, new Recommendation { Number = 2, What = "Approve the spend", Amount = 730_000 }],
        Sections =
        [
            new PaperSection { Name = "Introduction and background", Says = "What it is for." },
            new PaperSection { Name = "Issues for consideration", Says = "What may go wrong." },
            new PaperSection { Name = "Financial comments", Says = "Paid from the reserve." },
            new PaperSection { Name = "Legal comments", Nil = true },
            new PaperSection { Name = "Equality comments", Nil = true },
            new PaperSection { Name = "Background papers", Says = "An appendix." },
        ],
        Advice =
        [
            new Advice { Kind = AdviceKind.UnitHead, Confirmed = true }, new Advice { Kind = AdviceKind.Legal, Confirmed = true },
            new Advice { Kind = AdviceKind.Financial, Confirmed = true }, new Advice { Kind = AdviceKind.Equality, Confirmed = true },
        ],
        Publication = new Publication { State = PublicationState.OnApproval, HasPart2 = true, Part2Ground = "Commercial sensitivity" },
        RestsOn = [new Reliance { On = "funding:tranche-1", For = "What it costs" }, new Reliance { On = "objective:quality", For = "What it is for" }],
    };

    public static Actor Person(string account, params Role[] roles) => new(account, account, "mps", roles.ToHashSet(), []);

    public static RecordView View(this StoreFixture store, Actor? reader = null)
    {
        var now = store.Get<TimeProvider>().Now();
        return store.Get<IRecords>().View(reader, now);
    }

    public static IRecordReading Reading(this StoreFixture store, string kind) => store.Get<IEnumerable<IRecordReading>>().Single(reading => reading.Kind == kind);

    public static async Task<IReadOnlyList<AttentionLine>> AttentionAsync(this StoreFixture store)
    {
        var lines = new List<AttentionLine>();
        foreach (var room in store.Get<IEnumerable<IProgrammeAttention>>())
        {
            lines.AddRange(await room.ListAsync(store.View()));
        }

        return lines;
    }

    public static async Task SaveAsync(this StoreFixture store, string kind, string key, ProgrammeRecord body, DateOnly? from = null) =>
        (await store.Get<IRecords>().SaveAsync(Officer, [new RecordChange(kind, key, body, from, Known: from)], "a test needs it")).Problems.ShouldBeEmpty();

    public static async Task<StoreFixture> ProgrammeAsync(Decision paper, StoreKind kind = StoreKind.Sqlite)
    {
        var store = await StoreFixture.CreateAsync(kind);
        var from = new DateOnly(2016, 10, 1);
        await store.SaveAsync("post", "dmpc", new Post { Title = "Deputy Mayor" }, from);
        await store.SaveAsync("post", "officer", new Post { Title = "Head of unit" }, from);
        await store.SaveAsync("authority-rule", "half-a-million", new AuthorityRule { Title = "Scheme of consent", FromAmount = 500_000, Decider = "dmpc" }, from);
        await store.SaveAsync("funding", "tranche-1", new Funding { Title = "Tranche 1 funding", StatedTotal = 730_000 }, from);
        await store.SaveAsync("document", "minutes", new Pathfinder.Platform.Programme.Documents.Document { Title = "Minutes of the decision" }, from);
        await store.SaveAsync("objective", "quality", new Objective { Title = "Better quality" }, from);
        await store.SaveAsync("decision", "tranche-1", paper, from);
        return store;
    }
}
