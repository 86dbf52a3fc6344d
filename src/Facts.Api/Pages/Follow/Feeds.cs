using System.Text;
using System.Text.Json;
using System.Xml;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.FactLists;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>The events of promises, as Atom (RFC 4287) and as JSON Feed 1.1, for any filter.</summary>
internal sealed class Feeds(FactsContext database, FactListAnswers facts, CatalogueCache catalogues, PageFrames frames)
{
    /// <summary>Filters that commitments, deliveries and claims share.</summary>
    public static readonly string[] Filters = ["donor", "recipient", "item", "unit", "stated_from", "stated_to", "as_of", "known_at"];

    static readonly ParameterSpec[] Parameters = [.. ListKinds.Commitments.Parameters.Where(p => Filters.Contains(p.Name))];

    const int Most = 60;

    public async Task<IResult> AtomAsync(HttpContext http, CancellationToken cancel) =>
        await AnswerAsync(http, "application/atom+xml; charset=utf-8", Atom, cancel);

    public async Task<IResult> JsonAsync(HttpContext http, CancellationToken cancel) =>
        await AnswerAsync(http, "application/feed+json; charset=utf-8", JsonFeed, cancel);

    async Task<IResult> AnswerAsync(HttpContext http, string type, Func<PageFrame, IReadOnlyList<FeedEvent>, byte[]> write, CancellationToken cancel)
    {
        var question = PageQuestion.Read(http, Parameters, frames.Today);
        if (question.Errors.Count > 0) return Problem.From(question.Errors);
        if (await frames.FreshAsync(http, cancel) is { } notModified) return notModified;
        var (events, problem) = await EventsAsync(http, question.Canonical.Query, cancel);
        if (events is null) return problem!;
        return Results.Bytes(write(await frames.ReadAsync(http, "What happened to promises", question.Canonical, cancel), events), type);
    }

    async Task<(IReadOnlyList<FeedEvent>? Events, Problem? Problem)> EventsAsync(HttpContext http, IReadOnlyList<(string, string)> query,
        CancellationToken cancel)
    {
        var names = (await catalogues.ReadAsync(http, cancel)).Shown;
        var (claims, problem) = await RoomQuestion.ListAsync<ClaimResponse>(http, "/v1/claims",
            [.. query, ("kind", "pledge,amendment,cancellation,assessment,delivery"), ("sort", "-stated_on"), ("limit", $"{Most}")],
            (request, token) => ClaimEndpoints.ListAsync(request, database, catalogues, token));
        if (claims is null) return (null, problem);
        var late = await CommitmentsAsync(("overdue", "true"), ("sort", "-due_on"));
        var met = await CommitmentsAsync(("status", "fulfilled"), ("sort", "-stated_on"), ("embed", "links"));
        var lastDays = await LastDaysAsync(http, query, met);
        var events = claims.Items.Select(Event).Concat(late.Items.Where(c => c.DueTo is not null).Select(c => new FeedEvent(
                $"overdue-{c.Id}", c.DueTo!.Value.AddDays(1), "Overdue: " + FactText.Of(c, names),
                $"It was due {Show.Date(c.DueOn)}; outstanding {(c.Unquantified ? Show.Unknown : Show.Interval(c.OverdueLow, c.OverdueHigh))}.",
                    $"/commitments/{c.Id}")))
            .Concat(met.Items.Where(c => lastDays.ContainsKey(c.Id)).Select(c => new FeedEvent(
                $"met-{c.Id}", lastDays[c.Id], "Met: " + FactText.Of(c, names), "All that was promised has come.", $"/commitments/{c.Id}")));
        return ([.. events.OrderByDescending(e => e.Day).ThenBy(e => e.Id, StringComparer.Ordinal).Take(Most)], null);

        FeedEvent Event(ClaimResponse row) => new($"claim-{row.Claim.Id}", row.Claim.StatedFrom ?? row.Claim.StatedTo ?? DateOnly.MinValue,
            ClaimText.Of(row.Claim, names), row.Claim.Quote ?? "", $"/claims/{row.Claim.Id}");

        Task<ListPage<CommitmentRow>> CommitmentsAsync(params (string, string)[] more) => RoomQuestion.RowsAsync<CommitmentRow>(
            http, "/v1/commitments", [.. query, .. more, ("limit", $"{Most}")], (request, token) =>
                facts.AnswerAsync(request, CommitmentListSchema.Fields, r => r.Commitments, token));
    }

    /// <summary>The last day of the deliveries to each commitment.</summary>
    async Task<IReadOnlyDictionary<long, DateOnly>> LastDaysAsync(
        HttpContext http, IReadOnlyList<(string Name, string Value)> query, ListPage<CommitmentRow> met)
    {
        var links = met.Items.ToDictionary(c => c.Id, c => met.Nested<CommitmentRow, FactLink>(c, "links").Select(l => l.DeliveryId).ToList());
        var ids = links.Values.SelectMany(l => l).Distinct().ToList();
        if (ids.Count == 0) return new Dictionary<long, DateOnly>();
        var deliveries = await RoomQuestion.RowsAsync<DeliveryRow>(http, "/v1/deliveries",
            [.. query.Where(q => q.Name is "as_of" or "known_at"), ("id", string.Join(',', ids.Take(1000))), ("limit", "1000")],
            (request, token) => facts.AnswerAsync(request, DeliveryListSchema.Fields, r => r.Deliveries, token));
        var days = deliveries.Items.Where(d => (d.HappenedTo ?? d.HappenedFrom) is not null)
            .ToDictionary(d => d.Id, d => (d.HappenedTo ?? d.HappenedFrom)!.Value);
        return links.Where(l => l.Value.Exists(days.ContainsKey)).ToDictionary(l => l.Key, l => l.Value.Where(days.ContainsKey).Max(id => days[id]));
    }

    static byte[] Atom(PageFrame frame, IReadOnlyList<FeedEvent> events)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = true }))
        {
            xml.WriteStartElement("feed", "http://www.w3.org/2005/Atom");
            xml.WriteElementString("title", $"{frame.Store.Name}: {frame.Title}");
            xml.WriteElementString("id", frame.Origin + frame.Address);
            xml.WriteElementString("updated", Instant(frame.Store.Updated ?? DateTimeOffset.UnixEpoch));
            Link(xml, "self", frame.Origin + frame.Address);
            Link(xml, "alternate", frame.Origin + new PageAddress("/", frame.Address.Query));
            xml.WriteStartElement("author");
            xml.WriteElementString("name", frame.Store.Name);
            xml.WriteEndElement();
            foreach (var happened in events)
            {
                xml.WriteStartElement("entry");
                xml.WriteElementString("title", XmlText.Clean(happened.Title));
                xml.WriteElementString("id", $"{frame.Origin}{happened.Address}#{happened.Id}");
                xml.WriteElementString("updated", Instant(At(happened)));
                Link(xml, "alternate", frame.Origin + happened.Address);
                xml.WriteElementString("summary", XmlText.Clean(happened.Text));
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    static void Link(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link");
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    static byte[] JsonFeed(PageFrame frame, IReadOnlyList<FeedEvent> events) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        version = "https://jsonfeed.org/version/1.1",
        title = $"{frame.Store.Name}: {frame.Title}",
        home_page_url = frame.Origin + new PageAddress("/", frame.Address.Query),
        feed_url = frame.Origin + frame.Address,
        description = frame.Store.Description,
        items = events.Select(e => new
        {
            id = $"{frame.Origin}{e.Address}#{e.Id}",
            url = frame.Origin + e.Address,
            title = e.Title,
            content_text = e.Text.Length > 0 ? e.Text : e.Title,
            date_published = Instant(At(e)),
        }),
    }, Json.Options);

    static DateTimeOffset At(FeedEvent happened) => new(happened.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    static string Instant(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
