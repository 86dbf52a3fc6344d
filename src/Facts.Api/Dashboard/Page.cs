using System.Security.Cryptography;
using System.Text;

namespace Facts.Api.Dashboard;

/// <summary>The page as it is sent: <c>page.html</c> with its style and its script in it, so that it needs nothing else.</summary>
/// <param name="Html">All of it.</param>
/// <param name="Policy">Allows this style and this script by their hashes, questions to this service, and nothing else.</param>
/// <param name="Tag">Another for another page; weak, since compressions differ in their bytes.</param>
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

    // Browsers hash what they have read, where every line ends alike.
    static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Page).Assembly.GetManifestResourceStream($"Facts.Api.Dashboard.{name}")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
