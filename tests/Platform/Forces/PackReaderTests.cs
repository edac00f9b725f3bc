using System.Text;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Forces.Harbour;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Tests.Forces;

public sealed class PackReaderTests
{
    [Theory]
    [InlineData("zones.csv", "HZ001,Northgate 01,HB01,4,", "HZ001,Northgate 01,HB01,x,", 2, "area_km2", "not a number")]
    [InlineData("zones.csv", "HZ001,Northgate 01,HB01", "HZ001,Northgate 01,HB99", 2, "borough", "not in boroughs.csv")]
    [InlineData("zones.csv", "2.01562,54.99101", "9.5,54.99101", 2, "longitude", "outside every borough")]
    [InlineData("zones.csv", "HZ002,", "HZ001,", 3, "code", "stands twice")]
    [InlineData("boroughs.csv", "HB02,Marketside,yes", "HB02,Marketside,maybe", 3, "in_force", "none of those accepted")]
    [InlineData("wards.csv", "2014-05-22,2018-05-02", "2014-05-22,2014-02-30", 2, "to", "not a date")]
    [InlineData("demand.csv", "HZ001,I,", "HZ001,I,-", 2, "per_day", "negative")]
    [InlineData("demand.csv", "HZ001,I,", "HZ001,I,1e999", 2, "per_day", "not a number")]
    [InlineData("demand.csv", "HZ001,I,", "HZ404,I,", 2, "zone", "not in zones.csv")]
    [InlineData("crews.csv", "HP011,HB01,early", "HP999,HB01,early", 2, "parade_site", "not in parade-sites.csv")]
    [InlineData("crews.csv", "HP011,HB01,early", "HP011,HB01,lunch", 2, "shift", "not in shifts.csv")]
    [InlineData("recorded-crime.csv", "HB01,2016-01,", "HB01,January,", 2, "month", "not a month")]
    [InlineData("borders.csv", "crossing,,Harbour Bridge", "crossing,,", 7, "crossing", "no name")]
    [InlineData("assumptions.csv", "target.I.minutes,Immediate: charter target,15", "target.I.minutes,Immediate: charter target,0", 2, "value", "no sense")]
    [InlineData("assumptions.csv", "target.I.minutes,", "target.J.minutes,", 2, "key", "No scenario asks")]
    [InlineData("despatch-groups.csv", "DG-HB02,Marketside,HB02", "DG-HB02,Marketside,HB01", 3, "boroughs", "two despatch groups")]
    [InlineData("teams.csv", "early early late", "early lunch late", 2, "cycle", "not in shifts.csv")]
    [InlineData("shifts.csv", "early,06:00", "early,6am", 2, "start", "not a time of day")]
    [InlineData("distances.csv", "HZ002,2600,", "HZ002,far,", 3, "HZ001", "no distance")]
    [InlineData("distances.csv", "HZ002,2600,", "HZ002,70000,", 3, "HZ001", "no distance")]
    [InlineData("distances.csv", "\nHZ002,", "\nHZ001,", 3, "from", "two rows")]
    [InlineData("posts.csv", "NB,response,2017-03-01,superintendent", "NB,response,2017-03-02,superintendent", 2, "from", "belong to no row")]
    public void Read_OneFault_IsNamedByFileRowAndField(string file, string old, string with, int row, string field, string message)
    {
        var read = PackReader.FromContent(new EditedPack().Replace(file, old, with).Hashed());

        read.Succeeded.ShouldBeFalse();
        read.Problems.ShouldContain(
            p => p.File == file && p.Row == row && p.Field == field && p.Message.Contains(message, StringComparison.Ordinal), string.Join('\n', read.Problems));
    }

    [Fact]
    public void Read_SeveralFaults_FindsAllOfThem()
    {
        var pack = new EditedPack().Replace("demand.csv", "HZ001,I,", "HZ001,I,-").Replace("crews.csv", "HP011,", "HP999,").Replace("layers/zones.geojson", "{\"type\":\"FeatureCollection\"", "{\"type\":\"Nothing\"");

        var files = PackReader.FromContent(pack.Hashed()).Problems.Select(p => p.File).ToList();

        files.ShouldContain("demand.csv");
        files.ShouldContain("crews.csv");
        files.ShouldContain("layers/zones.geojson");
    }

    [Fact]
    public void Read_BoroughInNoUnitForSomeDays_SaysFromWhen()
    {
        var read = PackReader.FromContent(new EditedPack().Replace("command-unit-members.csv", "BOCU-HB01,HB01,2010-04-01,2017-02-28", "BOCU-HB01,HB01,2010-04-01,2017-02-20").Hashed());

        read.Problems.ShouldContain(p => p.Message.Contains("in no command unit for some days", StringComparison.Ordinal) && p.Accepted == "2017-02-21");
    }

    [Fact]
    public void Read_BoroughInTwoUnits_SaysOnWhichDay()
    {
        var read = PackReader.FromContent(new EditedPack().Replace("command-unit-members.csv", "BOCU-HB01,HB01,2010-04-01,2017-02-28", "BOCU-HB01,HB01,2010-04-01,2017-03-28").Hashed());

        read.Problems.ShouldContain(p => p.Message.Contains("in two command units", StringComparison.Ordinal) && p.Found == "2017-03-01");
    }

    [Fact]
    public void Read_MatrixRowMissing_NamesTheZone()
    {
        var files = PackWriter.Write(HarbourPack.Build());
        var lines = Encoding.UTF8.GetString(files["distances.csv"]).Split('\n').Where(l => !l.StartsWith("HZ007,", StringComparison.Ordinal));

        var read = PackReader.FromContent(new EditedPack().Set("distances.csv", Encoding.UTF8.GetBytes(string.Join('\n', lines))).Hashed());

        read.Problems.ShouldHaveSingleItem().Found.ShouldBe("HZ007");
    }

    [Fact]
    public void Read_FileChangedSinceItsHash_IsRefused()
    {
        var read = PackReader.FromContent(new EditedPack().Replace("zones.csv", "Northgate 01", "Northgate 99").Raw);

        var problem = read.Problems.ShouldHaveSingleItem();
        (problem.File, problem.Field).ShouldBe(("zones.csv", "sha256"));
    }

    [Fact]
    public void Read_FileMissing_IsNamed() =>
        PackReader.FromContent(new EditedPack().Remove("crews.csv").Raw).Problems.ShouldContain(p => p.File == "crews.csv" && p.Message.Contains("missing", StringComparison.Ordinal));

    [Fact]
    public void Read_ByteOrderMarkAndWindowsLineEnds_AreTolerated()
    {
        var pack = new EditedPack();
        foreach (var file in new[] { "zones.csv", "distances.csv", "demand.csv" })
        {
            var text = "\uFEFF" + Encoding.UTF8.GetString(pack.Raw[file]).Replace("\n", "\r\n", StringComparison.Ordinal);
            pack.Set(file, Encoding.UTF8.GetBytes(text));
        }

        var read = PackReader.FromContent(pack.Hashed());

        read.Problems.ShouldBeEmpty();
        read.Value.DistanceMetres.ShouldBe(HarbourPack.Build().DistanceMetres);
    }

    [Theory]
    [InlineData("{\"schema\":", "{\"schem\":")]
    [InlineData("\"pathfinder-pack/1\"", "\"pathfinder-pack/9\"")]
    [InlineData("\"Europe/London\"", "\"Europe/Lundun\"")]
    [InlineData("\"path\": \"zones.csv\"", "\"path\": \"../zones.csv\"")]
    public void Read_BadManifest_IsRefused(string old, string with)
    {
        var pack = new EditedPack();
        var text = Encoding.UTF8.GetString(pack.Raw["manifest.json"]);
        var changed = text.Replace(old, with, StringComparison.Ordinal);
        if (changed == text)
        {
            changed = text.Replace("\"schema\"", "\"schem\"", StringComparison.Ordinal);
        }

        PackReader.FromContent(pack.Set("manifest.json", Encoding.UTF8.GetBytes(changed)).Raw).Problems.ShouldAllBe(p => p.File == "manifest.json");
    }

    [Fact]
    public void Read_AnyFileCutShort_IsRefusedAndNeverThrows()
    {
        foreach (var file in new EditedPack().Raw.Keys.Where(k => k != "manifest.json"))
        {
            var bytes = new EditedPack().Raw[file];
            Outcome<ForcePack> read = PackReader.FromContent(new EditedPack().Set(file, bytes[..(bytes.Length / 3)]).Hashed());
            read.Succeeded.ShouldBeFalse(file);
        }
    }

    [Fact]
    public void WrittenPack_ReadAgain_IsTheSame()
    {
        var files = PackWriter.Write(HarbourPack.Build());

        var again = PackWriter.Write(PackReader.FromContent(files).Value);

        again.Keys.ShouldBe(files.Keys);
        foreach (var (path, bytes) in files.Where(f => f.Key is not ("demand-profiles.csv" or "manifest.json")))
        {
            again[path].ShouldBe(bytes, path);
        }
    }
}
