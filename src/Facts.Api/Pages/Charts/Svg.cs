using System.Globalization;
using System.Net;
using System.Text;

namespace Facts.Api.Pages;

/// <summary>Writes a picture as SVG. Colours are classes, so that the page's style, dark mode and print apply. All texts are escaped.</summary>
internal sealed class Svg
{
    static readonly string[] Hatched = ["committed", "delivered", "outstanding", "overdue"];

    static readonly int[] Steps = [1, 2, 5, 10];

    readonly StringBuilder _text = new();
    readonly string _id;

    /// <param name="width">Width in units of the picture.</param>
    /// <param name="height">Height in the same units.</param>
    /// <param name="id">Prefix of the ids, unlike that of any other picture on the page.</param>
    /// <param name="title">Description of the picture, for those who do not see it.</param>
    /// <param name="hasLinks">True if parts of the picture are links: then it is a group, since what is in a picture cannot be reached.</param>
    public Svg(double width, double height, string id, string title, bool hasLinks = false)
    {
        _id = id;
        _text.Append(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {N(width)} {N(height)}\" class=\"chart\" "
            + $"role=\"{(hasLinks ? "group" : "img")}\" aria-label=\"{Escape(title)}\">");
        _text.Append("<defs>");
        foreach (var kind in Hatched)
            _text.Append($"<pattern id=\"{id}-{kind}\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
                + $"<rect width=\"2\" height=\"5\" class=\"f-{kind}\"/></pattern>");
        _text.Append("</defs>");
    }

    public Svg Rect(double x, double y, double width, double height, string kind, bool isPossible = false, string? title = null)
    {
        if (width <= 0) return this;
        var fill = isPossible ? $"fill=\"url(#{_id}-{kind})\" class=\"s-{kind} possible\"" : $"class=\"f-{kind}\"";
        _text.Append($"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" rx=\"1.5\" {fill}");
        return Close("rect", title);
    }

    public Svg Line(double x1, double y1, double x2, double y2, string kind)
    {
        _text.Append($"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" class=\"{kind}\"/>");
        return this;
    }

    public Svg Path(string points, string kind)
    {
        _text.Append($"<path d=\"{points}\" class=\"{kind}\"/>");
        return this;
    }

    /// <summary>An area between two lines, hatched as what is only possible.</summary>
    public Svg Band(string points, string kind)
    {
        _text.Append($"<path d=\"{points}\" fill=\"url(#{_id}-{kind})\" class=\"band\"/>");
        return this;
    }

    public Svg Text(double x, double y, string text, string kind, string anchor = "start")
    {
        _text.Append($"<text x=\"{N(x)}\" y=\"{N(y)}\" class=\"{kind}\" text-anchor=\"{anchor}\">{Escape(text)}</text>");
        return this;
    }

    public Svg Shape(string points, string kind, string title)
    {
        _text.Append($"<path d=\"{points}\" class=\"{kind}\"");
        return Close("path", title);
    }

    /// <summary>A square that is not seen, and is hit as a part of the link around it.</summary>
    public Svg Target(double x, double y, double size)
    {
        _text.Append($"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(size)}\" height=\"{N(size)}\" fill=\"none\" pointer-events=\"all\"/>");
        return this;
    }

    /// <param name="address">Address of the link.</param>
    /// <param name="name">Its name, for those who do not see it.</param>
    /// <param name="isElsewhere">True if it opens outside of the frame that the picture is in.</param>
    public Svg Open(string address, string name, bool isElsewhere = false)
    {
        _text.Append($"<a href=\"{Escape(address)}\" aria-label=\"{Escape(name)}\"{(isElsewhere ? " target=\"_blank\"" : "")}>");
        return this;
    }

    public Svg CloseLink()
    {
        _text.Append("</a>");
        return this;
    }

    public override string ToString() => _text + "</svg>";

    /// <summary>A number of a picture: two digits are finer than any screen.</summary>
    public static string N(double number) => Math.Round(number, 2).ToString(CultureInfo.InvariantCulture);

    /// <summary>The text, cut at its end if it is longer.</summary>
    public static string Cut(string text, int most) => text.Length > most ? text[..(most - 1)] + "…" : text;

    /// <summary>Round numbers from 0 that cover a maximum: 0, 5, 10, 15.</summary>
    public static IReadOnlyList<decimal> Ticks(decimal max, int most = 5)
    {
        if (max <= 0) max = 1;
        decimal power = 1;
        while (power * 10 <= max / most) power *= 10;
        while (power > max / most && power > 0.0001m) power /= 10;
        var step = Steps.Select(f => f * power).First(s => max / s <= most);
        var ticks = new List<decimal> { 0 };
        while (ticks[^1] < max) ticks.Add(ticks[^1] + step);
        return ticks;
    }

    /// <summary>The width of the widest of these ticks, in the size of letters that a phone gets: 8.2 units a letter.</summary>
    public static double WidthOf(IReadOnlyList<decimal> ticks) => ticks.Max(t => Show.Number(t).Length) * 8.2;

    Svg Close(string element, string? title)
    {
        _text.Append(title is null ? "/>" : $"><title>{Escape(title)}</title></{element}>");
        return this;
    }

    static string Escape(string text) => WebUtility.HtmlEncode(XmlText.Clean(text));
}
