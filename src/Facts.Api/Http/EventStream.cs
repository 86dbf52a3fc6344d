using System.Net.ServerSentEvents;

namespace Facts.Api.Http;

/// <summary>Answers with Server-Sent Events. HEAD gets only the headers, because the events do not end.</summary>
internal static class EventStream
{
    public static IResult Create<T>(HttpContext http, IAsyncEnumerable<SseItem<T>> events) =>
        TypedResults.ServerSentEvents(HeadMiddleware.IsHead(http) ? AsyncEnumerable.Empty<SseItem<T>>() : events);
}
