using System.Net.ServerSentEvents;
using Facts.Api.Database;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Facts.Api.Http;

/// <summary>Answers with Server-Sent Events. HEAD gets only the headers, because the events do not end.</summary>
internal static class EventStream
{
    /// <exception cref="TooManyUsesException">As many streams are open as may be.</exception>
    public static async Task<IResult> CreateAsync<T>(HttpContext http, IAsyncEnumerable<SseItem<T>> events, CancellationToken cancel)
    {
        if (HeadMiddleware.IsHead(http)) return TypedResults.ServerSentEvents(AsyncEnumerable.Empty<SseItem<T>>());
        http.Response.RegisterForDispose(await http.RequestServices.GetRequiredService<UseLimits>().BeginAsync(LongUse.Stream, cancel));
        http.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        return TypedResults.ServerSentEvents(events);
    }
}
