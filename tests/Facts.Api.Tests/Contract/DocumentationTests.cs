using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Facts.Api.Docs;
using Facts.Api.Http;

namespace Facts.Api.Tests.Contract;

/// <summary>The pages of the repository lead where they say, and every error code has an entry.</summary>
public sealed partial class DocumentationTests
{
    static readonly string Root = Find();
    static readonly string Docs = Path.Combine(Root, "src", "docs");

    [Fact]
    public void Every_error_code_has_an_entry_with_its_status_and_every_entry_is_a_code()
    {
        var entries = ErrorEntry().Matches(File.ReadAllText(Path.Combine(Docs, "errors.md"))).Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}").Order();
        Assert.Equal(Problems.All.Select(k => $"{k.Code} {k.Status}").Order(), entries);
    }

    [Fact]
    public void Every_reference_of_the_code_to_a_heading_leads_to_one()
    {
        var wrong = from file in Directory.GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
                    where !file.Split(Path.DirectorySeparatorChar).Any(d => d is "bin" or "obj")
                    from Match reference in Reference().Matches(File.ReadAllText(file))
                    let problem = Missing(Docs, reference.Value["docs/".Length..])
                    where problem is not null
                    select $"{Path.GetFileName(file)}: {problem}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_link_between_pages_leads_to_a_file_and_a_heading()
    {
        string[] pages = [Path.Combine(Root, "README.md"), Path.Combine(Root, "src", "README.md"),
            .. Directory.GetFiles(Docs, "*.md"), .. Directory.GetFiles(Path.Combine(Root, ".github"), "*.md")];
        var wrong = from page in pages
                    from target in DocsMarkdown.Targets(File.ReadAllText(page))
                    where !target.Contains("://")
                    let problem = Missing(Path.GetDirectoryName(page)!, target.StartsWith('#') ? Path.GetFileName(page) + target : target)
                    where problem is not null
                    select $"{Path.GetRelativePath(Root, page)}: {problem}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_readme_stays_short() =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Root, "README.md")).Length, 1, 150);

    static string? Missing(string folder, string target)
    {
        var (path, heading) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, null);
        var file = Path.Combine(folder, path);
        if (!File.Exists(file) && !Directory.Exists(file)) return $"there is no file {target}";
        return heading is null || DocsMarkdown.HeadingIds(File.ReadAllText(file)).Contains(heading) ? null : $"there is no heading {target}";
    }

    static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(@"^### `?(\w+)`?\s+Status: (\d+)", RegexOptions.Multiline)]
    private static partial Regex ErrorEntry();

    [GeneratedRegex(@"docs/[\w-]+\.md(#[\w-]+)?")]
    private static partial Regex Reference();
}
