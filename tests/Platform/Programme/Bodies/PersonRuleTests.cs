using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Tests.Programme.Bodies;

public sealed class PersonRuleTests
{
    private static readonly ChangeContext Root = new("root", "force", "a test needs somebody");

    [Fact]
    public async Task Save_AccountThatIsNone_IsRefusedWithThoseThereAre()
    {
        await using var programme = await ProgrammeStore.CreateAsync();
        var people = programme.Store.Get<IPeople>();
        await people.SaveOrganisationAsync(Root, "force", new Organisation("The force", []), Cancel);
        (await people.AddAccountAsync(Root, "c.ommander", new Account("Chris", true, [new("force", [Role.Reader], [])]), null, Cancel)).Problems.ShouldBeEmpty();

        var problem = (await SaveAsync(programme, "Chris", "c.omander")).Problems.ShouldHaveSingleItem();
        var saved = await SaveAsync(programme, "Chris", "c.ommander");

        (problem.Row, problem.Field, problem.Found, problem.Accepted).ShouldBe((2, "account", "c.omander", "c.ommander, or empty"));
        saved.Problems.ShouldBeEmpty();
    }

    private static Task<Platform.Problems.Outcome<IReadOnlyList<string>>> SaveAsync(ProgrammeStore programme, string title, string account) =>
        programme.Records.SaveAsync(
            ProgrammeStore.Office, [new RecordChange("person", null, new Person { Title = "Nobody in particular" }), new RecordChange("person", null, new Person { Title = title, Account = account })], "a test", Cancel);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
