using System.Globalization;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Changes;

internal static class ChangeEndpoints
{
    public static void MapChanges(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/changes", ListAsync).WithOperation(ChangeListSchema.Fields, new("listChanges", "changes", "List changes")
        {
            Description =
                "Changes that were recorded after `since`, in the order in which they became visible. Each change lists the claims that were recorded, "
                + "superseded or withdrawn, the facts that were added, changed or removed, and the balances that changed. "
                + "To continue, send the last `sequence` as `since`: no change is ever missing.",
        });
        routes.MapGet("/v1/changes/events", EventsAsync).WithOperation(new("streamChanges", "changes", "Follow changes as they happen")
        {
            Description = "A stream of Server-Sent Events. Each event is one change, as `listChanges` gives it. The id of the event is its `sequence` "
                + "and the name of the store's history, which a restore changes. "
                + "A `heartbeat` is sent while nothing changes. "
                + "The stream resumes after `Last-Event-ID`, otherwise after `since`, otherwise with the next change.",
            Query = [Since],
            Headers = [new("Last-Event-ID", WireType.Text, "The id of the last event received.")],
            IsStream = true,
            Errors = [Problems.CursorMismatch],
        }).ValidatesParameters();
    }

    public static readonly ParameterSpec Since = new("since", WireType.Whole, "Only changes after this `sequence`.") { Min = 0, Example = "1" };

    public static Task<IResult> ListAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        ChangeListSchema.Fields.AnswerAsync(http, async (request, token) =>
        {
            var since = request.Parameters.Whole("since") ?? 0;
            RefuseFuture(request.Parameters, "since", since, await StoreVersion.ReadAsync(database, token));
            return Source(database, since);
        }, cancel);

    /// <summary>Refuses a sequence that no change has yet: the caller would wait for changes of another store, or of one that was restored.</summary>
    static void RefuseFuture(Parameters parameters, string parameter, long since, long last)
    {
        if (since > last)
            parameters.Fail(Problems.OutOfRange, parameter, $"{parameter} is after the last change, whose sequence is {last}", since.ToString(),
                last.ToString());
    }

    static ListSource<ChangeRow> Source(FactsContext database, long since) =>
        new(database.Set<ChangeRow>().AsNoTracking().Where(c => c.Sequence > since))
        {
            Embed = (name, rows, token) => ChangeResponse.EmbeddedAsync(database, name, rows, token),
        };

    static async Task<IResult> EventsAsync(HttpContext http, ChangeEvents events, CancellationToken cancel)
    {
        var parameters = Parameters.From(http);
        var last = http.Request.Headers["Last-Event-ID"].ToString();
        var (text, epoch) = last.Split('-', 2) is [var number, var name] ? (number, name) : (last, null);
        if (last.Length > 0 && !(long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            parameters.Fail(Problems.WrongType, "Last-Event-ID", "Last-Event-ID is the id of an event, which begins with the sequence of a change", last);
        else if (epoch is not null && epoch != http.Codes?.Epoch)
            parameters.Fail(Problems.CursorMismatch, "Last-Event-ID",
                "Last-Event-ID belongs to another history of this store, which was restored since: begin again without it", last);
        if (parameters.Problem is { } problem) return problem;
        var since = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : parameters.Whole("since");
        if (since is { } given)
            RefuseFuture(parameters, last.Length > 0 ? "Last-Event-ID" : "since", given, await events.VersionAsync(cancel));
        return parameters.Problem as IResult ?? await EventStream.CreateAsync(http, events.FollowAsync(since, http.Codes?.Epoch, cancel), cancel);
    }
}
