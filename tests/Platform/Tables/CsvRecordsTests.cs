using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Tests.Tables;

public sealed class CsvRecordsTests
{
    [Fact]
    public void Read_QuotesLineBreaksAndEmptyLines_GivesFieldsWithTheLineEachRecordStartsOn()
    {
        var read = All(new CsvRecords("\uFEFFcode,name\r\n\r\nA,\"Barking, \"\"old\"\"\r\nside\"\nB, spaced \r\nC,"));

        read.ShouldBe([(1, "code|name"), (3, "A|Barking, \"old\"\r\nside"), (5, "B|spaced"), (6, "C|")]);
    }

    [Theory]
    [InlineData("a,b\"c")]
    [InlineData("a,\"b\"c")]
    [InlineData("a,\"b")]
    public void Read_QuotationMarkOutOfPlace_IsMalformedAndTheNextRecordIsNot(string record)
    {
        var records = new CsvRecords(record);
        records.Read().ShouldBeTrue();
        records.Malformed.ShouldBeTrue();

        var two = new CsvRecords("a,b\"c\nd,e");
        two.Read().ShouldBeTrue();
        two.Read().ShouldBeTrue();
        two.Malformed.ShouldBeFalse();
        two.Line.ShouldBe(2);
    }

    [Fact]
    public void Read_AnotherDelimiter_LeavesCommasInFields() =>
        All(new CsvRecords("1,5;x", ';')).ShouldBe([(1, "1,5|x")]);

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF\r\n\n")]
    public void Read_NothingInIt_IsAtTheEnd(string text) => new CsvRecords(text).Read().ShouldBeFalse();

    private static List<(int Line, string Fields)> All(CsvRecords records)
    {
        var all = new List<(int, string)>();
        while (records.Read())
        {
            records.Malformed.ShouldBeFalse();
            all.Add((records.Line, string.Join('|', records.Fields)));
        }

        return all;
    }
}
