using Facts.Api.Http;

namespace Facts.Api.Pages;

/// <summary>The chart of a balance as a file, at an address with the parameters of the balance.</summary>
internal static class ChartEndpoints
{
    const string Svg = "image/svg+xml", Png = "image/png";

    static readonly ParameterSpec[] OfPng =
    [
        .. ChartQuestion.Parameters,
        new("scale", WireType.Whole, "Pixels for each unit of the chart, which is 560 units wide.") { Min = 1, Max = ChartPicture.MaxScale, Default = "2" },
    ];

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
        AnswerAsync(http, question, summaries, clock, (chart, _) =>
        {
            http.Response.Headers.ContentSecurityPolicy = ChartFile.Policy;
            return Results.Bytes(chart, Svg);
        }, cancel);

    static Task<IResult> PaintAsync(HttpContext http, ChartQuestion question, StoreSummaries summaries, TimeProvider clock, CancellationToken cancel) =>
        AnswerAsync(http, question, summaries, clock,
            (chart, parameters) => Results.Bytes(ChartPicture.Paint(chart, (int)(parameters.Whole("scale") ?? 2)), Png), cancel);

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
