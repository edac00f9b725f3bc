namespace Pathfinder.Architecture.Tests;

public sealed class FolderTests
{
    private static readonly string Root = FindRoot();

    // Razor looks for layouts in Pages/Shared; the name is its own.
    private const string RazorLayouts = "src/Web/Pages/Shared";

    private static readonly string[] Vague = ["Utils", "Utilities", "Helpers", "Common", "Managers", "Misc", "Shared"];

    public static TheoryData<string> RoomFolders =>
        [.. Rooms.Order.SelectMany(o => o.Rooms.Select(room => $"src/{o.Project}/{room}"))];

    [Theory, MemberData(nameof(RoomFolders))]
    public void Room_InTheOrder_ExistsAndSaysItsPurpose(string room)
    {
        var file = Path.Combine(Root, room, "ROOM.md");

        File.Exists(file).ShouldBeTrue($"{room} has no ROOM.md");
        File.ReadAllLines(file).Length.ShouldBeLessThanOrEqualTo(60, "a ROOM.md is at most a screen");
    }

    [Fact]
    public void Folders_OfSource_AreRoomsInTheOrder()
    {
        string[] notRooms = ["bin", "obj", "wwwroot", "Properties"];
        foreach (var (project, rooms) in Rooms.Order)
        {
            var folders = Directory.GetDirectories(Path.Combine(Root, "src", project)).Select(Path.GetFileName)
                .Where(f => !notRooms.Contains(f, StringComparer.Ordinal) && f![0] != '.' && Directory.EnumerateFiles(Path.Combine(Root, "src", project, f), "*.cs*", SearchOption.AllDirectories).Any());
            folders.ShouldBeSubsetOf(rooms!, $"src/{project}");
        }
    }

    [Fact]
    public void Folders_Everywhere_HaveAPurposeInTheirName()
    {
        var vague = Directory.GetDirectories(Path.Combine(Root, "src"), "*", SearchOption.AllDirectories)
            .Where(f => Vague.Contains(Path.GetFileName(f), StringComparer.OrdinalIgnoreCase) && !f.EndsWith(RazorLayouts, StringComparison.Ordinal) && !f.Contains("/lib/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

        vague.ShouldBeEmpty();
    }

    [Fact]
    public void Architecture_Page_ListsTheRoomsInTheSameOrder()
    {
        var page = File.ReadAllText(Path.Combine(Root, "ARCHITECTURE.md"));

        foreach (var (project, rooms) in Rooms.Order)
        {
            page.ShouldContain($"| {project} | {string.Join(", ", rooms)} |");
        }
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Pathfinder.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository's root was not found.");
        }

        return folder;
    }
}
