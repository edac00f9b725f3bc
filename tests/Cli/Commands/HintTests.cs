namespace Pathfinder.Cli.Tests.Commands;

/// <summary>What the command says to those who mistype.</summary>
public class HintTests
{
    [Fact]
    public void Role_Unknown_NamesTheRoles()
    {
        var errors = Program.Root().Parse(["user", "add", "anna", "--role", "king"]).Errors;

        errors.ShouldHaveSingleItem().Message.ShouldContain("reader, partner, planner, analyst, programme-office, decision-maker, administrator");
    }

    [Theory]
    [InlineData("programme-office")]
    [InlineData("ProgrammeOffice")]
    [InlineData("administrator")]
    public void Role_WithHyphensOrWithout_Accepted(string role) =>
        Program.Root().Parse(["user", "add", "anna", "--role", role]).Errors.ShouldBeEmpty();

    [Fact]
    public void Root_Name_IsWhatIsTyped() => Program.Root().Name.ShouldBe("pathfinder");
}
