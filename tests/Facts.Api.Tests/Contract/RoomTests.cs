using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Tests.Contract;

/// <summary>Compares the map of the house with the code.</summary>
public sealed partial class RoomTests
{
    /// <summary>The rooms that each room may use. Every room may use the core. A room that is missing here is not allowed.</summary>
    static readonly Dictionary<string, string[]> Uses = new()
    {
        ["Database"] = [],
        ["Http"] = ["Database"],
        ["Access"] = ["Changes", "Database", "Http"],
        ["Changes"] = ["Database", "Http"],
        ["Projections"] = ["Changes", "Database", "Http"],
        ["Idempotency"] = ["Access", "Database", "Http"],
        ["Articles"] = ["Access", "Changes", "Database", "Http", "Projections"],
        ["Catalogue"] = ["Access", "Changes", "Database", "Http", "Projections"],
        ["Claims"] = ["Access", "Articles", "Catalogue", "Changes", "Database", "Http", "Projections"],
        ["Merges"] = ["Access", "Articles", "Catalogue", "Changes", "Claims", "Database", "Http", "Projections"],
        ["Imports"] = ["Access", "Changes", "Claims", "Database", "Http"],
        ["FactLists"] = ["Database", "Http", "Projections"],
        ["Balances"] = ["Changes", "Database", "FactLists", "Http", "Projections"],
        ["Perimeters"] = ["Access", "Balances", "Changes", "Database", "Http", "Projections"],
        ["Review"] = ["Access", "Changes", "Claims", "Database", "Http", "Projections"],
        ["Pages"] = ["Access", "Articles", "Balances", "Changes", "Claims", "Database", "FactLists", "Http", "Perimeters", "Projections", "Review"],
        ["Docs"] = ["Http"],
        ["Hosting"] = ["Access", "Catalogue", "Claims", "Database", "Http", "Imports", "Perimeters", "Projections"],
    };

    [Fact]
    public void No_room_uses_another_that_the_map_does_not_allow()
    {
        var rooms = Directory.GetDirectories(Path.Combine(Root(), "src", "Facts.Api"))
            .Where(d => Path.GetFileName(d) is not ("bin" or "obj") && Directory.GetFiles(d, "*.cs", SearchOption.AllDirectories).Length > 0).ToList();
        var wrong = from room in rooms
                    let name = Path.GetFileName(room)
                    from file in Directory.GetFiles(room, "*.cs", SearchOption.AllDirectories)
                    from used in Used(File.ReadAllText(file))
                    where used != name && !Uses.GetValueOrDefault(name, []).Contains(used)
                    select $"{name}/{Path.GetFileName(file)} uses {used}";

        Assert.True(rooms.Count >= Uses.Count, "rooms were not found");
        Assert.Empty(wrong);
    }

    /// <summary>The limit is that of .editorconfig. In tests a line with a long literal, such as a row of data, may be longer.</summary>
    [Theory]
    [InlineData("src", false)]
    [InlineData("tests", true)]
    public void No_line_is_longer_than_160_columns(string folder, bool mayHoldText)
    {
        var files = Directory.GetFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !Regex.IsMatch(f, @"[\\/](bin|obj|Migrations)[\\/]")).ToList();
        var wrong = from file in files
                    from line in File.ReadLines(file).Index()
                    where line.Item.Length > 160 && !(mayHoldText && LongText().IsMatch(line.Item))
                    select $"{Path.GetFileName(file)}:{line.Index + 1}";

        Assert.True(files.Count > 90, "files were not found");
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_core_references_no_package_and_no_project() =>
        Assert.DoesNotMatch("Reference", File.ReadAllText(Path.Combine(Root(), "src", "Facts", "Facts.csproj")).Replace("framework reference", ""));

    [Fact]
    public void The_command_line_speaks_http_and_references_nothing_here() =>
        Assert.DoesNotContain("ProjectReference", File.ReadAllText(Path.Combine(Root(), "src", "Facts.Cli", "Facts.Cli.csproj")));

    [Fact]
    public void Every_room_stands_on_the_map()
    {
        var map = File.ReadAllText(Path.Combine(Root(), "src", "README.md"));
        Assert.All(Uses.Keys, room => Assert.Contains($"`{room}/`", map.Replace("Facts.Api/", "")));
    }

    /// <summary>Names of the past. Each of these things has one standard name today: see "Words of the maintainers" in src/README.md.</summary>
    static readonly string[] OldNames =
    [
        "Abroad", "AheadKeeper", "ArticleTurns", "AtOnce", "BareErrors", "CatalogueTurns", "ClaimLoad", "ClaimView", "CountedUnits", "DatabaseKeeper",
        "DecisionLine", "DecisionView", "FirstKey", "FormerFact", "HeldCells", "ImportTally", "IsMeant", "KeptRow", "KeptWriter", "KeyRing", "KeyText",
        "KnownCatalogue", "KnownKey", "Ledger", "ListChoice", "LoadFile", "LoadTurns", "MendedCsv", "MendedRows", "Mistyped", "NamedRow", "Neighbourhood",
        "NewNames", "NumberedClaim", "OnceShown", "OwnKey", "Parcel", "parcel", "Plumbing", "ProgramPackage", "RankHistory", "ReachAsync", "RowFile",
        "RowNames", "RunningTotal", "ServerPrograms", "Standings", "StandingsReader", "StoredCells", "StoredKeys", "TaggedByBytes", "TextCheck", "TieRow",
        "Touched", "TurnLost", "TurnTaken", "VerdictRule", "WholeFile", "WidenAsync",
    ];

    [Fact]
    public void No_old_name_comes_back()
    {
        var found = from folder in new[] { "src", "tests" }
                    from file in Directory.GetFiles(Path.Combine(Root(), folder), "*", SearchOption.AllDirectories)
                    where Path.GetExtension(file) is ".cs" or ".sql" && Path.GetFileName(file) != "RoomTests.cs"
                    where !file.Split(Path.DirectorySeparatorChar).Any(d => d is "bin" or "obj")
                    let text = File.ReadAllText(file)
                    from name in OldNames
                    where text.Contains(name, StringComparison.Ordinal)
                    select $"{Path.GetRelativePath(Root(), file)}: {name}";
        Assert.Empty(found);
    }

    [Fact]
    public void The_migrations_make_the_model_as_it_is()
    {
        using var database = new DesignTimeContext().CreateDbContext([]);
        Assert.False(database.Database.HasPendingModelChanges());
    }

    static IEnumerable<string> Used(string code) => UsingLine().Matches(code).Select(m => m.Groups[1].Value);

    static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex("""("{1,3})[^"].{80,}\1""")]
    private static partial Regex LongText();

    [GeneratedRegex(@"^using Facts\.Api\.(\w+);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();
}
