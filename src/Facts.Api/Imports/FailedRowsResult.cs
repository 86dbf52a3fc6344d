using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>The response with the failed rows of an import as CSV, to be corrected and sent again.</summary>
internal sealed record FailedRowsResult(ImportRow Import, ListRequest<ImportErrorRow> Request) : IResult
{
    public async Task ExecuteAsync(HttpContext http)
    {
        var response = http.Response;
        response.ContentType = Request.Export.ContentType;
        if (Request.Export.Download) response.Headers.ContentDisposition = $"attachment; filename=\"import-{Import.Id}-errors.csv\"";
        if (HeadMiddleware.IsHead(http)) return;
        await using var rows = await http.RequestServices.GetRequiredService<IStoreReader>().BeginExportAsync(http.RequestAborted);
        try
        {
            await ImportErrors.WriteCsvAsync(http.RequestServices.GetRequiredService<FactsContext>(), Import, Request, response.BodyWriter,
                async () => await response.BodyWriter.FlushAsync(http.RequestAborted), http.RequestAborted);
        }
        catch (Exception e)
        {
            ProblemExceptionHandler.Break(http, e);
        }
    }
}
