using System.Security.Cryptography;
using System.Text;

namespace Facts.Api.Dashboard;

/// <summary>The dashboard page as it is sent: <c>page.html</c> that contains its style and its script, so that the page needs no other file.</summary>
/// <param name="Html">The page, in UTF-8.</param>
/// <param name="Policy">
/// Content security policy of the page. It allows the page's style and script by their hashes, requests to this service, and nothing else.
/// </param>
/// <param name="Tag">Entity tag of the page, which changes with the page. It is weak, since compressed forms differ in their bytes.</param>
internal sealed record Page(byte[] Html, string Policy, string Tag)
{
    public static Page Read()
    {
        var (style, script) = ("\n" + Text("page.css"), "\n" + Text("page.js"));
        var html = Encoding.UTF8.GetBytes(
            Text("page.html").Replace("<style></style>", $"<style>{style}</style>").Replace("<script></script>", $"<script>{script}</script>"));
        return new(html,
            $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; connect-src 'self'; img-src data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            $"W/\"{Convert.ToHexStringLower(SHA256.HashData(html).AsSpan(0, 8))}\"");
    }

    static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Browsers normalize line endings before they hash, so the text has the same endings.
    static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Page).Assembly.GetManifestResourceStream($"Facts.Api.Dashboard.{name}")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
