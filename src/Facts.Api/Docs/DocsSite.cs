using System.Net;
using System.Security.Cryptography;
using System.Text;
using Facts.Api.Http;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Facts.Api.Docs;

/// <summary>The pages of <c>src/docs</c>, rendered once when the service first needs one.</summary>
/// <param name="Pages">By name: <c>semantics</c> is the page of <c>semantics.md</c>.</param>
/// <param name="Policy">The content security policy. It allows the style by its hash and nothing else: the pages have no script.</param>
internal sealed record DocsSite(IReadOnlyDictionary<string, DocsPage> Pages, string Policy)
{
    public const string Index = "index";

    const string Prefix = "Facts.Api.Docs.Pages.";

    public static DocsSite Read()
    {
        var assembly = typeof(DocsSite).Assembly;
        var sources = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(n => n[Prefix.Length..^".md".Length], Text, StringComparer.Ordinal);
        var (style, template) = ("\n" + Text("Facts.Api.Docs.docs.css"), Text("Facts.Api.Docs.docs.html"));
        var navigation = DocsMarkdown.Parse(sources[Index]).Descendants<LinkInline>()
            .Where(l => l.Url?.StartsWith("/docs", StringComparison.Ordinal) == true).Select(l => (Title: Title(l), Url: l.Url!)).ToList();
        template = template.Replace("<style></style>", $"<style>{style}</style>");
        var pages = sources.ToDictionary(s => s.Key, s => Render(s.Key, s.Value, template, navigation), StringComparer.Ordinal);
        var hash = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        return new(pages, $"default-src 'none'; style-src '{hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    static DocsPage Render(string name, string source, string template, IEnumerable<(string Title, string Url)> navigation)
    {
        var page = DocsMarkdown.Parse(source);
        var title = page.Descendants<HeadingBlock>().First(h => h.Level == 1).Inline!.Descendants<LiteralInline>().Select(l => l.Content.ToString());
        var links = navigation.Select(n =>
            $"<li><a href=\"{n.Url}\"{(n.Url == DocsMarkdown.Address(name) ? " aria-current=\"page\"" : "")}>{WebUtility.HtmlEncode(n.Title)}</a></li>");
        var html = Encoding.UTF8.GetBytes(template
            .Replace("{title}", WebUtility.HtmlEncode(string.Concat(title)))
            .Replace("{navigation}", string.Join("\n", links))
            .Replace("{content}", DocsMarkdown.ToHtml(page)));
        return new(html, Conditional.BytesTag(html));
    }

    static string Title(LinkInline link) => string.Concat(link.Descendants<LiteralInline>().Select(l => l.Content.ToString()));

    // Browsers hash a style after they have made every line end alike.
    static string Text(string resource)
    {
        using var reader = new StreamReader(typeof(DocsSite).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
