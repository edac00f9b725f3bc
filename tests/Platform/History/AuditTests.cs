using Microsoft.EntityFrameworkCore;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.History;

/// <summary>Each attack is made as somebody with the database's own tools would make it: the guards removed first.</summary>
public sealed class AuditTests
{
    private static readonly GovernedKind<Rating> Ratings = new("test-rating");
    private static readonly ChangeContext Anna = new("anna", "mps", "monthly review");
    private static readonly DateOnly Jan = new(2017, 1, 1);

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Verify_UntouchedStore_IsIntact(StoreKind kind)
    {
        await using var store = await FilledAsync(kind);
        var anchor = (await store.Get<IAudit>().AnchorAsync(Cancel)).ShouldNotBeNull();

        var report = await store.Get<IAudit>().VerifyAsync([anchor], Cancel);

        report.Findings.ShouldBeEmpty();
        (report.Entries, report.Versions, report.Contents).ShouldBe((6, 4, 1));
        (report.AnchorsGiven, report.AnchorsInStore).ShouldBe((1, 1));
        report.Head!.Sequence.ShouldBe(6);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Verify_AByteOfALoggedReasonChanged_NamesTheEntry(StoreKind kind)
    {
        var finding = (await AttackedAsync(kind, "UPDATE changes SET why = 'monthly Review' WHERE sequence = 2")).ShouldHaveSingleItem();

        (finding.Fault, finding.Sequence, finding.Fact).ShouldBe((AuditFault.EntryAltered, 2, "test-rating/b"));
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Verify_TheBodyOfALoggedChangeChanged_NamesEntryAndField(StoreKind kind)
    {
        var findings = await AttackedAsync(kind, "UPDATE changes SET new_body = replace(new_body, 'amber', 'green') WHERE sequence = 2");

        findings.Select(finding => (finding.Fault, finding.Sequence, finding.Field)).ShouldBe(
            [(AuditFault.EntryAltered, 2, "hash"), (AuditFault.RowEdited, 2, "body")]);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Verify_AGovernedRowEdited_NamesFactFieldAndBothValues(StoreKind kind)
    {
        var finding = (await AttackedAsync(kind, "UPDATE versions SET body = replace(body, 'red', 'green') WHERE id = 3")).ShouldHaveSingleItem();

        (finding.Fault, finding.Sequence, finding.Fact, finding.Field).ShouldBe((AuditFault.RowEdited, 3, "test-rating/a", "body"));
        (finding.Logged, finding.Found).ShouldBe(("""{"word":"red"}""", """{"word":"green"}"""));
    }

    [Theory]
    [InlineData("known", "2016-01-01")]
    [InlineData("effective_from", "2016-01-01")]
    [InlineData("effective_until", "2019-01-01")]
    [InlineData("recorded", "5")]
    [InlineData("fact_id", "2")]
    public async Task Verify_AnyColumnOfAVersionEdited_IsFound(string column, string value)
    {
        var finding = (await AttackedAsync(StoreKind.Sqlite, $"UPDATE versions SET {column} = '{value}' WHERE id = 3")).ShouldHaveSingleItem();

        (finding.Fault, finding.Field).ShouldBe((AuditFault.RowEdited, column));
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Verify_AKeyOfAFactEdited_IsFound(StoreKind kind)
    {
        var finding = (await AttackedAsync(kind, "UPDATE facts SET key = 'z' WHERE id = 1")).ShouldHaveSingleItem();

        (finding.Fault, finding.Fact, finding.Field).ShouldBe((AuditFault.RowEdited, "test-rating/a", "key"));
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Verify_AGovernedRowInserted_IsFound(StoreKind kind)
    {
        var findings = await AttackedAsync(
            kind,
            "INSERT INTO facts (id, kind, key) VALUES (90, 'test-rating', 'forged')",
            "INSERT INTO versions (id, fact_id, known, effective_from, recorded, body) VALUES (90, 90, '2017-01-01', '2017-01-01', 1, '{}')");

        findings.Select(finding => (finding.Fault, finding.Sequence)).ShouldBe([(AuditFault.RowInserted, 90), (AuditFault.RowInserted, 90)]);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Verify_AVersionInsertedBesideAnEntryOfAnotherKind_IsFound(StoreKind kind)
    {
        var finding = (await AttackedAsync(
            kind,
            "INSERT INTO versions (id, fact_id, known, effective_from, recorded, body) VALUES (5, 1, '2017-01-01', '2017-01-01', 1, '{}')")).ShouldHaveSingleItem();

        (finding.Fault, finding.Sequence, finding.Fact).ShouldBe((AuditFault.RowInserted, 5, "test-rating/a"));
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Verify_AGovernedRowDeleted_IsFound(StoreKind kind)
    {
        var finding = (await AttackedAsync(kind, "DELETE FROM versions WHERE id = 3")).ShouldHaveSingleItem();

        (finding.Fault, finding.Sequence, finding.Fact).ShouldBe((AuditFault.RowDeleted, 3, "test-rating/a"));
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Verify_AByteOfKeptContentChanged_IsFound(StoreKind kind)
    {
        var finding = (await AttackedAsync(
            kind, kind == StoreKind.Sqlite ? "UPDATE content SET bytes = x'61'" : @"UPDATE content SET bytes = '\x61'::bytea")).ShouldHaveSingleItem();

        (finding.Fault, finding.Sequence).ShouldBe((AuditFault.ContentAltered, 5));
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Verify_AnEntryRemovedFromTheMiddle_IsFound(StoreKind kind)
    {
        var findings = await AttackedAsync(kind, "DELETE FROM versions WHERE id = 3", "DELETE FROM changes WHERE sequence = 3");

        findings.Select(finding => finding.Fault).ShouldBe([AuditFault.EntriesMissing, AuditFault.ChainBroken]);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Verify_TailRemovedFromLogAndTables_OnlyAnAnchorShowsIt(StoreKind kind)
    {
        await using var store = await FilledAsync(kind);
        var anchor = (await store.Get<IAudit>().FindHeadAsync(Cancel)).ShouldNotBeNull();
        await AttackAsync(store, "DELETE FROM changes WHERE sequence > 5", "DELETE FROM anchors");

        (await store.Get<IAudit>().VerifyAsync([], Cancel)).Findings.ShouldBeEmpty();
        var finding = (await store.Get<IAudit>().VerifyAsync([anchor], Cancel)).Findings.ShouldHaveSingleItem();
        (finding.Fault, finding.Sequence).ShouldBe((AuditFault.TailRemoved, 6));
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Verify_ChainRecomputedOverAForgedChange_OnlyAnAnchorShowsIt(StoreKind kind)
    {
        await using var store = await FilledAsync(kind);
        var anchor = (await store.Get<IAudit>().FindHeadAsync(Cancel)).ShouldNotBeNull();
        await AttackAsync(
            store,
            "UPDATE changes SET new_body = replace(new_body, 'red', 'green') WHERE sequence = 3",
            "UPDATE versions SET body = replace(body, 'red', 'green') WHERE id = 3");
        await RecomputeAsync(store);

        (await store.Get<IAudit>().VerifyAsync([], Cancel)).Findings.ShouldBeEmpty();
        var finding = (await store.Get<IAudit>().VerifyAsync([anchor], Cancel)).Findings.ShouldHaveSingleItem();
        (finding.Fault, finding.Sequence).ShouldBe((AuditFault.ChainRecomputed, 6));
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Verify_GuardRemoved_IsFound(StoreKind kind)
    {
        await using var store = await FilledAsync(kind);
        await AttackAsync(
            store,
            restore: false,
            kind == StoreKind.Sqlite ? "DROP TRIGGER changes_no_update" : "ALTER TABLE changes DISABLE TRIGGER changes_only_added");

        (await store.Get<IAudit>().VerifyAsync([], Cancel)).Findings.ShouldContain(
            finding => finding.Fault == AuditFault.GuardMissing && finding.Field!.StartsWith("changes_"));
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Store_UpdateOrDeleteOfAGovernedRow_IsRefused(StoreKind kind)
    {
        await using var store = await FilledAsync(kind);
        await store.Get<IAudit>().AnchorAsync(Cancel);

        foreach (var table in new[] { "facts", "versions", "content", "changes", "anchors" })
        {
            var column = table switch { "facts" => "key", "versions" => "body", "content" => "media_type", "changes" => "why", _ => "hash" };
            foreach (var sql in new[] { $"DELETE FROM {table}", $"UPDATE {table} SET {column} = 'x'" })
            {
                var refusal = await Should.ThrowAsync<System.Data.Common.DbException>(
                    () => store.Store.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync(sql, token), Cancel));
                refusal.Message.ShouldContain("only ever added");
            }
        }

        (await store.Get<IAudit>().VerifyAsync([], Cancel)).Intact.ShouldBeTrue();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Log_OfOneKey_TellsWhoWhyFromTo(StoreKind kind)
    {
        await using var store = await FilledAsync(kind);

        var entries = await store.Get<IAudit>().ListAsync(new LogQuery(Kind: "test-rating", Key: "a"), Cancel);

        entries.Select(entry => (entry.Action, entry.Old, entry.New)).ShouldBe(
        [
            ("end", """{"word":"red"}""", null),
            ("record", """{"word":"amber"}""", """{"word":"red"}"""),
            ("record", null, """{"word":"amber"}"""),
        ]);
        entries.ShouldAllBe(entry => entry.Account == "anna" && entry.Organisation == "mps" && entry.Why.Length > 0);
    }

    [Fact]
    public void Hash_OfTheDocumentedExample_IsTheDocumentedOne()
    {
        var change = new ChangeRow
        {
            Sequence = 1, Action = "record", At = 1494543600000000, Account = "anna", Organisation = "mps", Why = "board paper, café",
            Kind = "milestone", Key = "go-live", FactId = 1, Known = new(2017, 5, 12), EffectiveFrom = new(2017, 5, 12),
            NewBody = """{"name":"Go live"}""", Previous = ChangeHash.Genesis, Hash = "",
        };
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "methods", "audit-chain.md"));

        page.ShouldContain(ChangeHash.Text(change));
        page.ShouldContain(ChangeHash.Of(change));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("0:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1:00")]
    [InlineData("1:zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1:0000000000000000000000000000000000000000000000000000000000000000 tomorrow")]
    public void Anchor_MalformedText_IsRefused(string text) => Anchor.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Anchor_WrittenAndRead_IsTheSame()
    {
        var anchor = new Anchor(7, new string('a', 64), new DateTimeOffset(2017, 5, 12, 9, 30, 0, 123, 456, TimeSpan.Zero));
        Anchor.TryParse(anchor.ToString(), out var read).ShouldBeTrue();
        read.ShouldBe(anchor);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>1 a=amber, 2 b=amber, 3 a=red, 4 a ends, 5 content, 6 a note.</summary>
    private static async Task<StoreFixture> FilledAsync(StoreKind kind)
    {
        var store = await StoreFixture.CreateAsync(kind);
        await store.History.CommitAsync(
            Anna,
            c =>
            {
                c.Record(Ratings, "a", new("amber"), new(Jan), Jan);
                c.Record(Ratings, "b", new("amber"), new(Jan, Jan.AddYears(1)), Jan);
            },
            Cancel);
        await store.History.CommitAsync(Anna with { Why = "worse" }, c => c.Record(Ratings, "a", new("red"), new(Jan), Jan.AddMonths(1)), Cancel);
        await store.History.CommitAsync(Anna with { Why = "closed" }, c => c.End(Ratings, "a", Jan.AddMonths(3), Jan.AddMonths(3)), Cancel);
        await store.History.KeepAsync("the report"u8.ToArray(), "text/plain", Cancel);
        await store.History.CommitAsync(Anna, c => c.Note("report", "r1", "sent to the board"), Cancel);
        return store;
    }

    private static async Task<IReadOnlyList<AuditFinding>> AttackedAsync(StoreKind kind, params string[] statements)
    {
        await using var store = await FilledAsync(kind);
        (await store.Get<IAudit>().VerifyAsync([], Cancel)).Intact.ShouldBeTrue();
        await AttackAsync(store, statements);
        return (await store.Get<IAudit>().VerifyAsync([], Cancel)).Findings;
    }

    private static Task AttackAsync(StoreFixture store, params string[] statements) => AttackAsync(store, restore: true, statements);

    private static async Task AttackAsync(StoreFixture store, bool restore, params string[] statements)
    {
        await using var db = await store.Store.ReadAsync(Cancel);
        await db.Database.OpenConnectionAsync(Cancel);
        var lift = new List<string>();
        var put = new List<string>();
        if (db.Kind == StoreKind.Sqlite)
        {
            var triggers = await db.Database.SqlQueryRaw<string>("SELECT name || '|' || sql AS \"Value\" FROM sqlite_master WHERE type = 'trigger'").ToListAsync(Cancel);
            lift.Add("PRAGMA foreign_keys = OFF");
            lift.AddRange(triggers.Select(trigger => "DROP TRIGGER " + trigger.Split('|', 2)[0]));
            put.AddRange(triggers.Select(trigger => trigger.Split('|', 2)[1]));
        }
        else
        {
            lift.Add("SET session_replication_role = replica");
            put.Add("SET session_replication_role = DEFAULT");
        }

        foreach (var sql in (restore ? lift : []).Concat(statements).Concat(restore ? put : []))
        {
#pragma warning disable EF1002 // Statements of the tests themselves.
            await db.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{").Replace("}", "}}"), Cancel);
#pragma warning restore EF1002
        }
    }

    private static async Task RecomputeAsync(StoreFixture store)
    {
        await using var db = await store.Store.ReadAsync(Cancel);
        var previous = ChangeHash.Genesis;
        foreach (var row in await db.Set<ChangeRow>().AsNoTracking().OrderBy(row => row.Sequence).ToListAsync(Cancel))
        {
            var forged = new ChangeRow
            {
                Sequence = row.Sequence, Action = row.Action, At = row.At, Account = row.Account, Organisation = row.Organisation,
                Why = row.Why, Kind = row.Kind, Key = row.Key, FactId = row.FactId, Known = row.Known, EffectiveFrom = row.EffectiveFrom,
                EffectiveUntil = row.EffectiveUntil, OldBody = row.OldBody, NewBody = row.NewBody, Previous = previous, Hash = "",
            };
            var hash = ChangeHash.Of(forged);
            await AttackAsync(store, $"UPDATE changes SET previous = '{previous}', hash = '{hash}' WHERE sequence = {row.Sequence}");
            previous = hash;
        }
    }

    private sealed record Rating(string Word);
}
