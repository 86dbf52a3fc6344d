using Microsoft.AspNetCore.Http.Features;

namespace Facts.Api.Http;

/// <summary>An answer with the tag of its bytes, or 304 where the caller has them. It is held in memory.</summary>
internal sealed record HashedETagResult(IResult Answer) : IResult
{
    public async Task ExecuteAsync(HttpContext http)
    {
        var body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var held = new MemoryStream();
        var instead = new StreamResponseBodyFeature(held);
        http.Features.Set<IHttpResponseBodyFeature>(instead);
        try
        {
            await Answer.ExecuteAsync(http);
            await instead.CompleteAsync();
        }
        finally
        {
            http.Features.Set(body);
        }
        var bytes = held.ToArray();
        if (http.Response.StatusCode == StatusCodes.Status200OK && Conditional.IsFresh(http, Conditional.BytesTag(bytes)))
        {
            http.Response.ContentType = null;
            await Conditional.NotModified.ExecuteAsync(http);
            return;
        }
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
