using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Facts.Api.Pages;

/// <summary>A chart as a file of its own: with its style, a title above it and its source below it.</summary>
internal static partial class ChartFile
{
    const string Style = """
        svg{font-family:system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        .paper{fill:#fff}text{font-size:12px;fill:#1b2230}.title{font-size:17px;font-weight:600}.source,.tick{fill:#5a6472;font-size:11px}.name{font-weight:600}
        .grid{stroke:#e0dcd3}.axis{stroke:#5a6472}.edge{stroke:#5a6472;stroke-dasharray:3 3}
        .line{fill:none;stroke-width:2.5}.s-delivered.line{stroke-dasharray:7 2}
        .s-outstanding.line{stroke-dasharray:10 3 2 3;stroke-width:2}.s-overdue.line{stroke-dasharray:2 3;stroke-width:3}.band{opacity:.45}
        .f-committed{fill:#3f6cb0}.f-delivered{fill:#187548}.f-outstanding{fill:#875505}.f-overdue{fill:#c0322b}
        .s-committed{stroke:#3f6cb0}.s-delivered{stroke:#187548}.s-outstanding{stroke:#875505}.s-overdue{stroke:#c0322b}
        .mark.overdue{fill:#c0322b}.mark.fulfilled{fill:#187548}.mark.open{fill:#fff;stroke:#3f6cb0;stroke-width:2}
        .mark.cancelled{fill:none;stroke:#5a6472;stroke-width:2}.f-possible,.event{fill:#5a6472}.s-possible{stroke:#5a6472}
        .t-committed{fill:#3f6cb0}.t-delivered{fill:#187548}.t-outstanding{fill:#875505}.t-overdue{fill:#c0322b}
        @media (prefers-color-scheme:dark){.paper{fill:#1a1e25}text{fill:#e8eaee}.source,.tick,.event{fill:#9ea8b6}.grid{stroke:#303641}}
        """;

    static string Legend(IReadOnlyList<string> measures) => string.Concat(measures.Select((m, i) =>
            $"<rect class=\"f-{m}\" x=\"{Left(i)}\" y=\"38\" width=\"12\" height=\"8\" rx=\"1.5\"/>" + Named(i, m)))
        + "<defs><pattern id=\"possible\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
        + "<rect width=\"2\" height=\"5\" class=\"f-possible\"/></pattern></defs>"
        + $"<rect class=\"s-possible\" fill=\"url(#possible)\" x=\"{Left(measures.Count)}\" y=\"38\" width=\"12\" height=\"8\" rx=\"1.5\"/>"
        + Named(measures.Count, "possible, not certain");

    static readonly string Marks = string.Concat(DeadlineChart.States.Select((s, i) =>
        $"<path class=\"mark {s}\" d=\"{DeadlineChart.Shape(s, Left(i) + 6, 42)}\"/>" + Named(i, s)));

    static readonly string Text = "\n" + Style.ReplaceLineEndings("\n");

    /// <summary>The content security policy of the file: its style and nothing else.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'; frame-ancestors *";

    /// <param name="drawn">The chart, with something to draw.</param>
    /// <param name="source">Store, day and address.</param>
    public static byte[] Make(ChartQuestion.Chart drawn, string source)
    {
        var chart = drawn.Svg!;
        var size = ViewBox().Match(chart);
        var (width, height) = (size.Groups[1].Value, double.Parse(size.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));
        var whole = Svg.N(height + 84);
        var inner = ViewBox().Replace(chart, $"y=\"56\" width=\"{width}\" height=\"{Svg.N(height)}\" viewBox=\"0 0 {width} {Svg.N(height)}\"", 1);
        return Encoding.UTF8.GetBytes($"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{whole}" viewBox="0 0 {width} {whole}"><style>{Text}</style>
            <rect class="paper" width="{width}" height="{whole}"/><text class="title" x="12" y="26">{WebUtility.HtmlEncode(XmlText.Clean(drawn.Title))}</text>
            {(drawn.Measures.Count == 0 ? Marks : Legend(drawn.Measures))}
            {inner}
            <text class="source" x="12" y="{Svg.N(height + 74)}">{WebUtility.HtmlEncode(XmlText.Clean(source))}</text></svg>
            """);
    }

    static int Left(int at) => 12 + at * 96;

    static string Named(int at, string name) => $"<text class=\"tick\" x=\"{Left(at) + 17}\" y=\"46\">{name}</text>";

    [GeneratedRegex("viewBox=\"0 0 ([0-9.]+) ([0-9.]+)\"")]
    private static partial Regex ViewBox();
}
