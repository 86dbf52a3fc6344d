using Microsoft.AspNetCore.Http.Features;

namespace Facts.Api.Http;

/// <summary>An answer whose ETag is a hash of its bytes, or 304 if the caller has them. It is buffered in memory.</summary>
internal sealed record HashedETagResult(IResult Answer) : IResult
{
    public async Task ExecuteAsync(HttpContext http)
    {
        var body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var buffer = new MemoryStream();
        var buffered = new StreamResponseBodyFeature(buffer);
        http.Features.Set<IHttpResponseBodyFeature>(buffered);
        try
        {
            await Answer.ExecuteAsync(http);
            await buffered.CompleteAsync();
        }
        finally
        {
            http.Features.Set(body);
        }
        var bytes = buffer.ToArray();
        if (http.Response.StatusCode == StatusCodes.Status200OK && Conditional.IsFresh(http, Conditional.BytesTag(bytes)))
        {
            http.Response.ContentType = null;
            await Conditional.NotModified.ExecuteAsync(http);
            return;
        }
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
