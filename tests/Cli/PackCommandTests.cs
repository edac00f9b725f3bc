using Pathfinder.Testing;

namespace Pathfinder.Cli.Tests;

public sealed class PackCommandTests
{
    [Theory]
    [InlineData("harbour")]
    [InlineData("london")]
    public void Check_ShippedPack_AnswersNothingWrong(string name) =>
        Program.Main(["pack", "check", Path.Combine(Repository.Root, "data", name), "--json"]).ShouldBe(0);

    [Fact]
    public void Check_NoPack_AnswersBadInput() => Program.Main(["pack", "check", Path.GetTempPath()]).ShouldBe(2);

    [Fact]
    public void Hash_AfterAnEdit_MakesThePackFineAgain()
    {
        var folder = Directory.CreateTempSubdirectory("pathfinder-pack-");
        try
        {
            Program.Main(["pack", "build-harbour", "--out", folder.FullName, "--json"]).ShouldBe(0);
            var sites = Path.Combine(folder.FullName, "parade-sites.csv");
            File.WriteAllText(sites, File.ReadAllText(sites).Replace("Northgate Old Station", "Northgate Annexe", StringComparison.Ordinal));

            Program.Main(["pack", "check", folder.FullName]).ShouldBe(2);
            Program.Main(["pack", "hash", folder.FullName, "--json"]).ShouldBe(0);
            Program.Main(["pack", "check", folder.FullName, "--json"]).ShouldBe(0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Import_PackIntoANewStore_IsDoneAndTheSecondTimeDoesNothing()
    {
        var folder = Directory.CreateTempSubdirectory("pathfinder-store-");
        try
        {
            var store = Path.Combine(folder.FullName, "pathfinder.db");
            Program.Main(["import", "pack", Path.Combine(Repository.Root, "data", "harbour"), "--store", store]).ShouldBe(0);
            Program.Main(["import", "pack", Path.Combine(Repository.Root, "data", "harbour"), "--store", store]).ShouldBe(0);
            Program.Main(["import", "pack", folder.FullName, "--store", store]).ShouldBe(2);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
