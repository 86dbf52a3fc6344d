using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Facts.Api.Docs;

/// <summary>
/// Markdown as GitHub shows it: tables, and headings with GitHub's ids. A link that works in the repository is rewritten for the service:
/// <c>semantics.md#keys</c> becomes <c>/docs/semantics#keys</c>.
/// </summary>
internal static class DocsMarkdown
{
    static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).DisableHtml().Build();

    /// <summary>The path of a page: <c>/docs</c> for the index, else <c>/docs/{page}</c>.</summary>
    public static string Address(string page) => page == DocsSite.Index ? "/docs" : "/docs/" + page;

    /// <summary>The ids of the headings of a Markdown text, in their order: <c>#value-of-a-fact</c> leads to "Value of a fact".</summary>
    public static IReadOnlyList<string> HeadingIds(string source) =>
        [.. Markdown.Parse(source, Pipeline).Descendants<HeadingBlock>().Select(h => h.GetAttributes().Id).OfType<string>()];

    /// <summary>The targets of all links and images of a Markdown text, as they are written.</summary>
    public static IReadOnlyList<string> Targets(string source) =>
        [.. Markdown.Parse(source, Pipeline).Descendants<LinkInline>().Select(l => l.Url ?? "")];

    /// <summary>A page with its links rewritten and an anchor in each heading below the title.</summary>
    public static MarkdownDocument Parse(string source)
    {
        var page = Markdown.Parse(source, Pipeline);
        foreach (var link in page.Descendants<LinkInline>().ToList()) Rewrite(link);
        foreach (var heading in page.Descendants<HeadingBlock>().Where(h => h.Level > 1)) AddAnchor(heading);
        return page;
    }

    public static string ToHtml(MarkdownDocument page) => page.ToHtml(Pipeline);

    static void Rewrite(LinkInline link)
    {
        var url = link.Url ?? "";
        if (url.StartsWith('#') || url.Contains("://")) return;
        var (path, fragment) = url.Split('#', 2) is [var before, var after] ? (before, "#" + after) : (url, "");
        if (path.EndsWith(".md", StringComparison.Ordinal) && !path.Contains('/'))
        {
            link.Url = Address(path[..^".md".Length]) + fragment;
            return;
        }
        // A file of the repository is not served: its name stays as text.
        while (link.FirstChild is { } child)
        {
            child.Remove();
            link.InsertBefore(child);
        }
        link.Remove();
    }

    static void AddAnchor(HeadingBlock heading)
    {
        if (heading.GetAttributes().Id is not { } id || heading.Inline is null) return;
        var anchor = new LinkInline("#" + id, "");
        anchor.GetAttributes().AddClass("anchor");
        anchor.GetAttributes().AddProperty("aria-label", "Link to this heading");
        anchor.AppendChild(new LiteralInline("#"));
        heading.Inline.AppendChild(new LiteralInline(" "));
        heading.Inline.AppendChild(anchor);
    }
}
