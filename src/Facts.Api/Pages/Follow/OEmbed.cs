using System.Net;
using System.Text.Json;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>The chart of a question in a frame of another page (oEmbed 1.0).</summary>
internal static class OEmbed
{
    public const int Width = 600, Height = 480;

    static readonly ParameterSpec[] Parameters =
    [
        new("url", WireType.Text, "Address of a page of this service."),
        new("format", WireType.OneOf("json"), "Format of the answer.") { Default = "json" },
        new("maxwidth", WireType.Whole, "Most pixels that the frame may be wide.") { Min = 1, Max = 10_000 },
        new("maxheight", WireType.Whole, "Most pixels that the frame may be high.") { Min = 1, Max = 10_000 },
    ];

    /// <summary>The frame to be put into a page.</summary>
    public static string Frame(string address, string title, long width, long height) =>
        $"<iframe src=\"{WebUtility.HtmlEncode(address)}\" title=\"{WebUtility.HtmlEncode(title)}\" width=\"{width}\" height=\"{height}\" "
        + "loading=\"lazy\" style=\"border:0;max-width:100%\"></iframe>";

    /// <summary>Answers <c>/oembed?url=…</c> for the address of a question about balances.</summary>
    public static async Task<IResult> AnswerAsync(HttpContext http, CatalogueCache catalogues, PageFrames frames, CancellationToken cancel)
    {
        var parameters = Http.Parameters.Read(http, Parameters);
        if (parameters.Problem is { } problem) return problem;
        if (!Uri.TryCreate(parameters.Text("url"), UriKind.Absolute, out var uri) || uri.Authority != http.Request.Host.Value
            || uri.AbsolutePath is not ("/" or "/embed"))
            return Problems.NotFound.Because("url is no address of a question of this service, such as https://this-service/?recipient=UKR");
        var asked = RoomQuestion.Request(http, "/", []);
        asked.Request.QueryString = QueryString.FromUriComponent(uri);
        var question = PageQuestion.Read(asked, [.. ExploreReader.Parameters, ChartQuestion.Parameters[^1]], frames.Today);
        if (question.Errors.Count > 0) return Problem.From(question.Errors);
        var names = (await catalogues.ReadAsync(http, cancel)).Shown;
        var frame = await frames.ReadAsync(http, Titles.Of(question.Parameters, names), question.Canonical, cancel);
        var (width, height) = (Math.Min(parameters.Whole("maxwidth") ?? Width, Width), Math.Min(parameters.Whole("maxheight") ?? Height, Height));
        var address = $"{frame.Origin}{question.Canonical.At("/embed", ChartQuestion.Parameters.Select(p => p.Name))}";
        return Results.Json(new Dictionary<string, object>
        {
            ["version"] = "1.0",
            ["type"] = "rich",
            ["title"] = frame.Title,
            ["provider_name"] = frame.Store.Name,
            ["provider_url"] = frame.Origin + "/",
            ["html"] = Frame(address, frame.Title, width, height),
            ["width"] = width,
            ["height"] = height,
            ["cache_age"] = 3600,
        }, JsonSerializerOptions.Default);
    }
}
