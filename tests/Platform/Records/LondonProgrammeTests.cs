using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Records;

public sealed class LondonProgrammeTests
{
    [Fact]
    public async Task Files_OfTheRepository_AreRead()
    {
        var catalogue = new RecordCatalogue(PlatformKinds.All);
        foreach (var file in LondonProgramme.Files)
        {
            ProgrammeFile.Read(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), Path.GetFileName(file), catalogue).Problems.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Import_AgainIntoTheLoadedStore_RecordsNothing()
    {
        await using var store = await LondonProgramme.CopyAsync();
        var exchange = store.Get<IProgrammeExchange>();
        var files = LondonProgramme.Files.Select(file => exchange.Read(File.ReadAllBytes(file), Path.GetFileName(file)).Value).ToList();

        var again = (await exchange.ImportAsync(null, new ChangeContext("system", "pathfinder", "again"), files, TestContext.Current.CancellationToken)).Value;

        again.Recorded.ShouldBe(0);
        again.Present.ShouldBe(files.Sum(file => file.Records.Count));
        (await exchange.IsEmptyAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
    }
}
