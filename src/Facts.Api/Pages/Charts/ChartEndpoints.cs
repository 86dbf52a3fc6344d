using Facts.Api.Http;

namespace Facts.Api.Pages;

/// <summary>The chart of a balance as a file, at an address with the parameters of the balance.</summary>
internal static class ChartEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/balances/chart.svg", DrawAsync).WithOperation(new("drawBalance", "balances", "Draw a balance")
        {
            Description = "A chart of the balance as SVG, for the parameters of `listBalances`: bars of its rows, or lines over time. "
                + $"It shows one unit, the one with most commitments, and at most {ChartQuestion.MaxRows} rows; its last line says what is left out. "
                + "Solid is certain, hatched is possible.",
            Query = ChartQuestion.Parameters,
            Picture = "image/svg+xml",
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();

    static async Task<IResult> DrawAsync(HttpContext http, ChartQuestion question, StoreSummaries summaries, TimeProvider clock, CancellationToken cancel)
    {
        var parameters = Parameters.From(http);
        if (await Conditional.FreshAsync(http, cancel, clock.Today.ToString("O"), PageAssets.Version) is { } notModified) return notModified;
        var chart = await question.DrawAsync(http, parameters, cancel);
        if (chart is null) return parameters.Problem!;
        if (chart.Svg is null) return Problems.NotFound.Because("nothing is recorded that answers the question, so there is nothing to draw");
        http.Response.Headers.ContentSecurityPolicy = ChartFile.Policy;
        var source = $"{chart.Note}. {(await summaries.ReadAsync(http, cancel)).Name}";
        return Results.Bytes(ChartFile.Make(chart.Svg, chart.Title, source), "image/svg+xml");
    }
}
