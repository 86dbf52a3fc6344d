using System.Net.ServerSentEvents;

namespace Facts.Api.Http;

/// <summary>Server-Sent Events; to HEAD only what stands before them, since nobody waits for their end.</summary>
internal static class EventStream
{
    public static IResult Of<T>(HttpContext http, IAsyncEnumerable<SseItem<T>> events) =>
        TypedResults.ServerSentEvents(HeadMiddleware.IsHead(http) ? AsyncEnumerable.Empty<SseItem<T>>() : events);
}
