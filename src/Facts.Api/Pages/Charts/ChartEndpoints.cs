using Facts.Api.Http;

namespace Facts.Api.Pages;

/// <summary>Charts as files: of a balance, at an address with its parameters, and of a commitment, below the address of its page.</summary>
internal static class ChartEndpoints
{
    const string Svg = "image/svg+xml", Png = "image/png";

    static readonly ParameterSpec Scale =
        new("scale", WireType.Whole, "Pixels for each unit of the chart, which is 560 units wide.") { Min = 1, Max = ChartPicture.MaxScale, Default = "2" };

    static readonly ParameterSpec[] OfPng = [.. ChartQuestion.Parameters, Scale];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/balances/chart.svg", DrawAsync).WithOperation(new("drawBalance", "balances", "Draw a balance")
        {
            Description = "A chart of the balance as SVG, for the parameters of `listBalances`: bars of its rows, lines over time, or deadlines. "
                + $"Bars and lines show one unit, the one with most commitments, and at most {ChartQuestion.MaxRows} rows; "
                + "the last line says what is left out. "
                + "Solid is certain, hatched is possible.",
            Query = ChartQuestion.Parameters,
            Picture = Svg,
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot().KeepsAnswers();
        routes.MapGet("/v1/balances/chart.png", PaintAsync).WithOperation(new("paintBalance", "balances", "Paint a balance")
        {
            Description = "The chart of `drawBalance` as PNG.",
            Query = OfPng,
            Picture = Png,
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot().KeepsAnswers();
    }

    static Task<IResult> DrawAsync(HttpContext http, ChartQuestion question, StoreSummaries summaries, TimeProvider clock, CancellationToken cancel) =>
        AnswerAsync(http, question, summaries, clock, (chart, _) => AsSvg(http, chart), cancel);

    static Task<IResult> PaintAsync(HttpContext http, ChartQuestion question, StoreSummaries summaries, TimeProvider clock, CancellationToken cancel) =>
        AnswerAsync(http, question, summaries, clock, AsPng, cancel);

    /// <summary>The chart of a commitment over time as SVG, with the parameters of its page.</summary>
    public static Task<IResult> DrawCommitmentAsync(HttpContext http, string id, PlaceReader places, PageFrames frames, CancellationToken cancel) =>
        AnswerCommitmentAsync(http, id, places, frames, PlaceReader.Parameters, (chart, _) => AsSvg(http, chart), cancel);

    public static Task<IResult> PaintCommitmentAsync(HttpContext http, string id, PlaceReader places, PageFrames frames, CancellationToken cancel) =>
        AnswerCommitmentAsync(http, id, places, frames, [.. PlaceReader.Parameters, Scale], AsPng, cancel);

    static async Task<IResult> AnswerCommitmentAsync(HttpContext http, string id, PlaceReader places, PageFrames frames,
        IEnumerable<ParameterSpec> parameters, Func<byte[], Parameters, IResult> write, CancellationToken cancel)
    {
        var question = PageQuestion.Read(http, parameters, frames.Today);
        if (question.Redirect is { } address) return Results.Redirect(address);
        if (question.Errors.Count > 0) return Problem.From(question.Errors);
        if (await frames.FreshAsync(http, cancel) is { } notModified) return notModified;
        var file = Path.GetFileName(http.Request.Path);
        var (place, successor) = await places.FactAsync(http, "commitments", id, question.Parameters, cancel);
        if (place is null)
            return successor is null ? Problems.NotFound.Because($"there is no commitment '{id}'")
                : Results.Redirect($"{successor.Split('?')[0]}/{file}{http.Request.QueryString}", permanent: true);
        if (CommitmentChart.Of(place) is not { } chart)
            return Problems.NotFound.Because("nothing changed after the promise, or a number is missing, so there is nothing to draw");
        var frame = await frames.ReadAsync(http, chart.Title, question.Address, cancel);
        var name = FileName.Of($"commitment-{id}", question.Address.Query, frames.Today);
        http.Response.Headers.ContentDisposition = $"inline; filename=\"{name}{Path.GetExtension(file)}\"";
        return write(ChartFile.Make(chart, $"{chart.Note}. {frame.Store.Name}"), question.Parameters);
    }

    static IResult AsSvg(HttpContext http, byte[] chart)
    {
        http.Response.Headers.ContentSecurityPolicy = ChartFile.Policy;
        return Results.Bytes(chart, Svg);
    }

    static IResult AsPng(byte[] chart, Parameters parameters) => Results.Bytes(ChartPicture.Paint(chart, (int)(parameters.Whole("scale") ?? 2)), Png);

    static async Task<IResult> AnswerAsync(HttpContext http, ChartQuestion question, StoreSummaries summaries, TimeProvider clock,
        Func<byte[], Parameters, IResult> write, CancellationToken cancel)
    {
        var parameters = Parameters.From(http);
        // The marks of deadlines are links, with the address of the service.
        var host = http.Request.Host.Value ?? "";
        if (await Conditional.FreshAsync(http, cancel, clock.Today.ToString("O"), PageAssets.Version, host) is { } notModified) return notModified;
        var chart = await question.DrawAsync(http, parameters, cancel);
        if (chart is null) return parameters.Problem!;
        if (chart.Svg is null) return Problems.NotFound.Because("nothing is recorded that answers the question, so there is nothing to draw");
        var source = $"{chart.Note}. {(await summaries.ReadAsync(http, cancel)).Name}";
        http.Response.Headers.ContentDisposition = $"inline; filename=\"{FileName.Of("balances", http)}{Path.GetExtension(http.Request.Path)}\"";
        return write(ChartFile.Make(chart, source), parameters);
    }
}
