using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.People;

public sealed class PeopleTests
{
    private const string Password = "correct horse battery";
    private static readonly ChangeContext Root = new("root", "mps", "set up");
    private static readonly Account Anna = new("Anna Smith", true, [new("mps", [Role.Planner], [])]);

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task SignIn_RightPassword_GivesTheActorAndAStandingSession(StoreKind kind)
    {
        await using var store = await WithOrganisationsAsync(kind);
        (await People(store).AddAccountAsync(Root, "anna", Anna, Password, Cancel)).Succeeded.ShouldBeTrue();

        var session = (await SignIn(store).WithPasswordAsync("anna", Password, Cancel)).Value;

        (session.Actor.Account, session.Actor.Name, session.Actor.Organisation).ShouldBe(("anna", "Anna Smith", "mps"));
        session.Actor.May(Permission.Design).ShouldBeTrue();
        session.Actor.May(Permission.ManagePeople).ShouldBeFalse();
        (await SignIn(store).FindActorAsync("anna", "mps", session.Stamp, Cancel)).ShouldNotBeNull();
        (await SignIn(store).FindActorAsync("anna", "camden", session.Stamp, Cancel)).ShouldBeNull();
        (await SignIn(store).FindActorAsync("anna", "mps", "forged", Cancel)).ShouldBeNull();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task SignIn_FiveFailures_LocksAndSaysNoMoreThanForAnUnknownName(StoreKind kind)
    {
        var clock = new SetClock(new DateTimeOffset(2017, 5, 12, 9, 0, 0, TimeSpan.Zero));
        await using var store = await WithOrganisationsAsync(kind, clock);
        await People(store).AddAccountAsync(Root, "anna", Anna, Password, Cancel);

        var unknown = await SignIn(store).WithPasswordAsync("nobody", "wrong", Cancel);
        for (var i = 0; i < 5; i++)
        {
            (await SignIn(store).WithPasswordAsync("anna", "wrong", Cancel)).Problems.ShouldBe(unknown.Problems);
        }

        (await SignIn(store).WithPasswordAsync("anna", Password, Cancel)).Problems.ShouldBe(unknown.Problems);
        (await People(store).FindAccountAsync("anna", Cancel))!.LockedUntil.ShouldBe(clock.Now.AddMinutes(15));
        clock.Now = clock.Now.AddMinutes(16);
        (await SignIn(store).WithPasswordAsync("anna", Password, Cancel)).Succeeded.ShouldBeTrue();
        (await store.Get<IAudit>().ListAsync(new LogQuery(Kind: "account", Key: "anna"), Cancel)).Count(entry => entry.New!.StartsWith("locked", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task SignIn_TwentyGuessesAtOnce_HearsFiveOfThem(StoreKind kind)
    {
        await using var store = await WithOrganisationsAsync(kind);
        await People(store).AddAccountAsync(Root, "anna", Anna, Password, Cancel);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => SignIn(store).WithPasswordAsync("anna", "guess" + i, Cancel)));

        await using var db = await store.Store.ReadAsync(Cancel);
        await using var command = Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(db.Database).CreateCommand();
        await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.OpenConnectionAsync(db.Database, Cancel);
        command.CommandText = "SELECT failed FROM credentials WHERE account = 'anna'";
        Convert.ToInt64(await command.ExecuteScalarAsync(Cancel)).ShouldBe(5);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Link_UsedTwiceAtOnce_SignsInOnce(StoreKind kind)
    {
        await using var store = await WithOrganisationsAsync(kind);
        await People(store).AddAccountAsync(Root, "anna", Anna, null, Cancel);
        var token = (await SignIn(store).MakeLinkAsync(Root, "anna", TimeSpan.FromHours(1), Cancel)).Value;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => SignIn(store).WithLinkAsync(token, Cancel), Cancel)));

        outcomes.Count(outcome => outcome.Succeeded).ShouldBe(1);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Link_TooOldOrForged_IsRefused(StoreKind kind)
    {
        var clock = new SetClock(new DateTimeOffset(2017, 5, 12, 9, 0, 0, TimeSpan.Zero));
        await using var store = await WithOrganisationsAsync(kind, clock);
        await People(store).AddAccountAsync(Root, "anna", Anna, null, Cancel);
        var token = (await SignIn(store).MakeLinkAsync(Root, "anna", TimeSpan.FromHours(1), Cancel)).Value;

        clock.Now = clock.Now.AddMinutes(61);

        (await SignIn(store).WithLinkAsync(token, Cancel)).Succeeded.ShouldBeFalse();
        (await SignIn(store).WithLinkAsync(new string('0', 64), Cancel)).Succeeded.ShouldBeFalse();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Change_DisablingAnAccount_EndsItsSessionsAndItsSignIn(StoreKind kind)
    {
        await using var store = await WithOrganisationsAsync(kind);
        await People(store).AddAccountAsync(Root, "anna", Anna, Password, Cancel);
        var session = (await SignIn(store).WithPasswordAsync("anna", Password, Cancel)).Value;

        await People(store).ChangeAccountAsync(Root, "anna", account => account with { Enabled = false }, Cancel);

        (await SignIn(store).FindActorAsync("anna", "mps", session.Stamp, Cancel)).ShouldBeNull();
        (await SignIn(store).WithPasswordAsync("anna", Password, Cancel)).Succeeded.ShouldBeFalse();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task SetPassword_NewOne_EndsSessionsLinksAndTheOldPassword(StoreKind kind)
    {
        await using var store = await WithOrganisationsAsync(kind);
        await People(store).AddAccountAsync(Root, "anna", Anna, Password, Cancel);
        var session = (await SignIn(store).WithPasswordAsync("anna", Password, Cancel)).Value;
        var token = (await SignIn(store).MakeLinkAsync(Root, "anna", TimeSpan.FromHours(1), Cancel)).Value;

        (await People(store).SetPasswordAsync(Root, "anna", "another long password", Cancel)).Succeeded.ShouldBeTrue();

        (await SignIn(store).FindActorAsync("anna", "mps", session.Stamp, Cancel)).ShouldBeNull();
        (await SignIn(store).WithLinkAsync(token, Cancel)).Succeeded.ShouldBeFalse();
        (await SignIn(store).WithPasswordAsync("anna", Password, Cancel)).Succeeded.ShouldBeFalse();
        (await SignIn(store).WithPasswordAsync("anna", "another long password", Cancel)).Succeeded.ShouldBeTrue();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Log_OfAllThatHappenedToAnAccount_HoldsNoSecret(StoreKind kind)
    {
        await using var store = await WithOrganisationsAsync(kind);
        await People(store).AddAccountAsync(Root, "anna", Anna, Password, Cancel);
        var token = (await SignIn(store).MakeLinkAsync(Root, "anna", TimeSpan.FromHours(1), Cancel)).Value;
        await SignIn(store).WithPasswordAsync("anna", Password, Cancel);
        await People(store).SetPasswordAsync(Root, "anna", "another long password", Cancel);

        var log = await store.Get<IAudit>().ListAsync(new LogQuery(Take: 1000), Cancel);

        var text = string.Join('\n', log);
        text.ShouldContain("password set");
        foreach (var secret in new[] { Password, "another long password", token, "AQAAAA" })
        {
            text.ShouldNotContain(secret);
        }

        (await store.Get<IAudit>().VerifyAsync([], Cancel)).Intact.ShouldBeTrue();
    }

    [Fact]
    public async Task HasAdministrator_UntilOneCanSignIn_IsFalse()
    {
        await using var store = await WithOrganisationsAsync(StoreKind.Sqlite);
        (await People(store).HasAdministratorAsync(Cancel)).ShouldBeFalse();
        var account = new Account("Root", true, [new("mps", [Role.Administrator], [])]);
        await People(store).AddAccountAsync(Root, "root", account, null, Cancel);
        (await People(store).HasAdministratorAsync(Cancel)).ShouldBeFalse();

        await People(store).SetPasswordAsync(Root, "root", Password, Cancel);

        (await People(store).HasAdministratorAsync(Cancel)).ShouldBeTrue();
        var refused = await People(store).ChangeAccountAsync(Root, "root", a => a with { Enabled = false }, Cancel);
        refused.Problems.ShouldHaveSingleItem().Message.ShouldContain("Nobody could administer");
    }

    [Fact]
    public async Task FirstLink_OnAnEmptyStore_SignsInSomebodyWhoMayDoAllButDecide()
    {
        await using var store = await StoreFixture.CreateAsync();

        var token = (await SignIn(store).MakeFirstLinkAsync(TimeSpan.FromHours(1), Cancel)).ShouldNotBeNull();
        var session = (await SignIn(store).WithLinkAsync(token, Cancel)).Value;

        foreach (var permission in new[] { Permission.Read, Permission.Design, Permission.Run, Permission.Import, Permission.ManagePeople, Permission.Audit })
        {
            session.Actor.May(permission).ShouldBeTrue(permission.ToString());
        }

        (await SignIn(store).MakeFirstLinkAsync(TimeSpan.FromHours(1), Cancel)).ShouldNotBeNull();
        await People(store).SetPasswordAsync(Root, session.Actor.Account, Password, Cancel);
        (await SignIn(store).MakeFirstLinkAsync(TimeSpan.FromHours(1), Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Add_EverythingWrong_NamesEveryFault()
    {
        await using var store = await WithOrganisationsAsync(StoreKind.Sqlite);

        var outcome = await People(store).AddAccountAsync(
            Root, "Anna Smith", new Account(" ", true, [new("nowhere", [], []), new("camden", [Role.Partner], [])]), "short", Cancel);

        outcome.Problems.Select(problem => problem.Field).ShouldBe(["userName", "name", "organisation", "role", "borough", "password"]);
        (await People(store).ListAccountsAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Add_BoroughByName_IsRefusedWithItsCode()
    {
        await using var store = await WithOrganisationsAsync(StoreKind.Sqlite);
        var imported = await store.Get<ForceImport>().ImportAsync(Path.Combine(Repository.Root, "data", "harbour"), Root, Cancel);
        imported.Problems.ShouldBeEmpty();
        var borough = (await store.Get<IForces>().FindCurrentAsync(Cancel))!.Boroughs[0];
        Account Partner(string code) => new("Cam", true, [new("camden", [Role.Partner], [code])]);

        var refused = await People(store).AddAccountAsync(Root, "cam", Partner(borough.Name), null, Cancel);
        var added = await People(store).AddAccountAsync(Root, "cam", Partner(borough.Code), null, Cancel);

        var problem = refused.Problems.ShouldHaveSingleItem();
        (problem.Field, problem.Found, problem.Accepted).ShouldBe(("borough", borough.Name, $"{borough.Code} ({borough.Name})"));
        added.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Permissions_EveryRole_MayRead() => Enum.GetValues<Role>().ShouldAllBe(role => Permissions.Of(role).Contains(Permission.Read));

    [Fact]
    public void Permissions_AsTheGuideListsThem_AreThoseInForce()
    {
        var rows = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "guides", "access.md")).Select(line => line.Replace(" ", "")).ToList();

        rows.ShouldContain("|Role|" + string.Join('|', Enum.GetValues<Permission>()) + "|");
        foreach (var role in Enum.GetValues<Role>())
        {
            rows.ShouldContain($"|{role}|" + string.Join('|', Enum.GetValues<Permission>().Select(p => Permissions.Of(role).Contains(p) ? "yes" : "")) + "|");
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IPeople People(StoreFixture store) => store.Get<IPeople>();

    private static ISignIn SignIn(StoreFixture store) => store.Get<ISignIn>();

    private static async Task<StoreFixture> WithOrganisationsAsync(StoreKind kind, TimeProvider? clock = null)
    {
        var store = await StoreFixture.CreateAsync(kind, services => services.Replace(ServiceDescriptor.Singleton(clock ?? TimeProvider.System)));
        await People(store).SaveOrganisationAsync(Root, "mps", new("Metropolitan Police Service", []), Cancel);
        await People(store).SaveOrganisationAsync(Root, "camden", new("Camden Council", ["E09000007"]), Cancel);
        return store;
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
