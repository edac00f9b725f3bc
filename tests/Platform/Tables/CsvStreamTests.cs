using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Tests.Tables;

public sealed class CsvStreamTests
{
    [Theory]
    [InlineData("a,b\nc,d\n", "a|b/c|d")]
    [InlineData("\uFEFFa , b\r\n\r\n\"c \"\"x\"\"\",d", "a|b/c \"x\"|d")]
    [InlineData("\"a\nb\",c\nd,\n", "a\nb|c/d|")]
    public void Read_Text_GivesTheRecordsOfTheReaderThatHoldsIt(string text, string expected)
    {
        var stream = new CsvStream(new StringReader(text));
        var records = new CsvRecords(text);
        var found = new List<string>();
        while (stream.Read())
        {
            records.Read().ShouldBeTrue();
            (stream.Line, stream.Malformed, stream.Count).ShouldBe((records.Line, records.Malformed, records.Fields.Count));
            found.Add(string.Join('|', Enumerable.Range(0, stream.Count).Select(i => stream.Field(i).ToString())));
        }

        records.Read().ShouldBeFalse();
        string.Join('/', found).ShouldBe(expected);
    }

    [Theory]
    [InlineData("a\"b,c\n")]
    [InlineData("\"a\"b,c\n")]
    [InlineData("\"a,b\n")]
    public void Read_QuotationMarkOutOfPlace_IsMalformed(string text)
    {
        var stream = new CsvStream(new StringReader(text));
        stream.Read().ShouldBeTrue();
        stream.Malformed.ShouldBeTrue();
    }

    [Fact]
    public void Read_RecordLongerThanTheBound_IsMalformedAndTheNextIsRead()
    {
        var stream = new CsvStream(new StringReader(new string('x', CsvStream.MaximumRecord + 5) + "\nshort\n"));
        stream.Read().ShouldBeTrue();
        stream.Malformed.ShouldBeTrue();
        stream.Read().ShouldBeTrue();
        stream.Field(0).ToString().ShouldBe("short");
    }
}
