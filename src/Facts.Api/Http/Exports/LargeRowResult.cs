using System.Buffers;
using System.Collections;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Facts.Api.Http;

/// <summary>One row as JSON, of which a list may be very long. The elements are sent as they are made, so that the answer is never whole in memory.</summary>
/// <param name="columns">The fields of the row.</param>
/// <param name="row">The row.</param>
internal sealed class LargeRowResult<TRow>(IReadOnlyList<ListField<TRow>> columns, TRow row) : IResult where TRow : class
{
    /// <summary>Bytes that are written before they are sent.</summary>
    const int Piece = 65_536;

    public async Task ExecuteAsync(HttpContext http)
    {
        // The question is answered. From here on the caller decides how long it takes, within the least rate of the server.
        http.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        http.Response.ContentType = "application/json; charset=utf-8";
        if (HeadMiddleware.IsHead(http)) return;
        try
        {
            await WriteAsync(http.Response.BodyWriter, http.RequestAborted);
        }
        catch (Exception e)
        {
            ProblemExceptionHandler.Break(http, e);
        }
    }

    async Task WriteAsync(PipeWriter body, CancellationToken cancel)
    {
        var piece = new ArrayBufferWriter<byte>(Piece);
        await using var json = new Utf8JsonWriter(piece, new JsonWriterOptions { Encoder = Json.Options.Encoder });
        json.WriteStartObject();
        foreach (var column in columns)
        {
            if (column.Write is not null || column.Get(row) is not IEnumerable list || list is string)
            {
                JsonRowSerializer.WriteMember(json, column, row);
                continue;
            }
            json.WritePropertyName(column.JsonName);
            json.WriteStartArray();
            foreach (var element in list)
            {
                JsonRowSerializer.WriteNested(json, column, element);
                if (piece.WrittenCount + json.BytesPending >= Piece) await SendAsync();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
        await SendAsync();

        async Task SendAsync()
        {
            json.Flush();
            await body.WriteAsync(piece.WrittenMemory, cancel);
            piece.ResetWrittenCount();
        }
    }
}
