using System.Text;
using System.Text.Json;
using System.Xml;
using Facts.Api.Articles;
using Facts.Api.Balances;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.FactLists;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Pages;

/// <summary>The events of promises, as Atom (RFC 4287) and as JSON Feed 1.1, for any filter.</summary>
internal sealed class Feeds(FactsContext database, FactListAnswers facts, CatalogueCache catalogues, PageFrames frames)
{
    /// <summary>The filters of commitments, of balances and of claims.</summary>
    public static readonly ParameterSpec[] Parameters = [.. Calendar.Parameters.Concat(ListKinds.Claims.Filters).DistinctBy(p => p.Name)];

    static readonly HashSet<string> OfCommitments = [.. ListKinds.Commitments.Filters.Select(p => p.Name)], OfClaims =
        [.. ListKinds.Claims.Filters.Select(p => p.Name)], OfBalances = [.. BalanceFilter.Parameters.Select(p => p.Name)];

    /// <summary>Most events of a feed, and most claims among which those of chosen commitments are looked for.</summary>
    const int Most = 60, MostClaims = 600;

    public async Task<IResult> AtomAsync(HttpContext http, CancellationToken cancel) =>
        await AnswerAsync(http, "application/atom+xml; charset=utf-8", Atom, cancel);

    public async Task<IResult> JsonAsync(HttpContext http, CancellationToken cancel) =>
        await AnswerAsync(http, "application/feed+json; charset=utf-8", JsonFeed, cancel);

    async Task<IResult> AnswerAsync(HttpContext http, string type, Func<PageFrame, IReadOnlyList<FeedEvent>, byte[]> write, CancellationToken cancel)
    {
        var question = PageQuestion.Read(http, Parameters, frames.Today);
        if (question.Errors.Count > 0) return Problem.From(question.Errors);
        if (await frames.FreshAsync(http, cancel) is { } notModified) return notModified;
        var (events, problem) = await EventsAsync(http, question, cancel);
        if (events is null) return problem!;
        return Results.Bytes(write(await frames.ReadAsync(http, "What happened to promises", question.Canonical, cancel), events), type);
    }

    async Task<(IReadOnlyList<FeedEvent>? Events, Problem? Problem)> EventsAsync(HttpContext http, PageQuestion asked, CancellationToken cancel)
    {
        var names = (await catalogues.ReadAsync(http, cancel)).Shown;
        var (query, selection) = (asked.Canonical.Query, FactSelection.Read(asked.Parameters));
        // A condition that only claims can have leaves out what no claim says: that something is overdue or was met.
        var mayBeLate = query.All(q => OfCommitments.Contains(q.Name) || OfBalances.Contains(q.Name));
        // A condition that only commitments can have chooses the claims about these commitments.
        var areOfCommitments = query.Any(q => OfCommitments.Contains(q.Name) && !OfClaims.Contains(q.Name));
        var (claims, problem) = await ClaimsAsync();
        if (claims is null) return (null, problem);
        if (areOfCommitments)
        {
            var (about, wrong) = await AboutAsync(claims);
            if (about is null) return (null, wrong);
            claims = [.. claims.Where(c => about.Contains(c.Claim.Id))];
        }
        var none = (IReadOnlyList<CommitmentRow>)[];
        var late = mayBeLate && asked.Parameters.Flag("overdue") is not false
            ? (await CommitmentsAsync(("overdue", "true"), ("sort", "-due_on"))).Items : none;
        var met = mayBeLate && (asked.Parameters.Texts("status") is not { Count: > 0 } states || states.Contains("fulfilled"))
            ? await CommitmentsAsync(("status", "fulfilled"), ("sort", "-stated_on"), ("embed", "links")) : null;
        var lastDays = met is null ? new Dictionary<long, DateOnly>() : await LastDaysAsync(http, query, met);
        var events = claims.Take(Most).Select(Event).Concat(late.Where(c => c.DueTo is not null).Select(c => new FeedEvent(
                $"overdue-{c.Id}", c.DueTo!.Value.AddDays(1), "Overdue: " + FactText.Of(c, names),
                $"It was due {Show.Date(c.DueOn)}; outstanding {(c.Unquantified ? Show.Unknown : Show.Interval(c.OverdueLow, c.OverdueHigh))}.",
                    $"/commitments/{c.Id}")))
            .Concat((met?.Items ?? none).Where(c => lastDays.ContainsKey(c.Id)).Select(c => new FeedEvent(
                $"met-{c.Id}", lastDays[c.Id], "Met: " + FactText.Of(c, names), "All that was promised has come.", $"/commitments/{c.Id}")));
        return ([.. events.OrderByDescending(e => e.Day).ThenBy(e => e.Id, StringComparer.Ordinal).Take(Most)], null);

        FeedEvent Event(ClaimResponse row) => new($"claim-{row.Claim.Id}", row.Claim.StatedFrom ?? row.Claim.StatedTo ?? DateOnly.MinValue,
            ClaimText.Of(row.Claim, names), row.Claim.Quote ?? "", $"/claims/{row.Claim.Id}");

        async Task<(IReadOnlyList<ClaimResponse>? Claims, Problem? Problem)> ClaimsAsync()
        {
            List<(string, string)> about = [.. query.Where(q => OfClaims.Contains(q.Name))];
            if (asked.Address.Value("kind") is null) about.Add(("kind", "pledge,amendment,cancellation,assessment,delivery"));
            if (selection.Publishers is { } publishers)
            {
                // The list of claims compares publishers letter by letter.
                var known = await PublishersAsync(publishers);
                if (known.Count == 0) return ([], null);
                about.Add(("article_publisher", string.Join(',', known.Select(QueryText.Quoted))));
            }
            var (page, refused) = await RoomQuestion.ListAsync<ClaimResponse>(http, "/v1/claims",
                [.. about, ("sort", "-stated_on"), ("limit", $"{(areOfCommitments ? MostClaims : Most)}")],
                (request, token) => ClaimEndpoints.ListAsync(request, database, catalogues, token));
            return (page?.Items, refused);
        }

        Task<List<string>> PublishersAsync(string[] capitals) => database.Set<ArticleRow>().Where(a => capitals.Contains(a.Publisher!.ToUpper()))
            .Select(a => a.Publisher!).Distinct().ToListAsync(cancel);

        async Task<(HashSet<long>? Claims, Problem? Problem)> AboutAsync(IReadOnlyList<ClaimResponse> among)
        {
            var (ids, partitions) = (among.Select(c => c.Claim.Id).ToArray(), among.Select(c => c.Claim.Partition).Distinct().ToArray());
            var (page, refused) = await RoomQuestion.ListAsync<CommitmentRow>(http, "/v1/commitments",
                [.. query.Where(q => OfCommitments.Contains(q.Name)), ("limit", $"{ListParameters.MaxRows}")],
                (request, token) => facts.AnswerAsync(request, CommitmentListSchema.Fields, r => r.Commitments, token, selection,
                    rows => rows.OfClaims(partitions, ids)));
            return (page?.Items.SelectMany(c => c.ClaimIds).ToHashSet(), refused);
        }

        Task<ListPage<CommitmentRow>> CommitmentsAsync(params (string Name, string Value)[] more) => RoomQuestion.RowsAsync<CommitmentRow>(
            http, "/v1/commitments", [.. query.Where(q => OfCommitments.Contains(q.Name) && q.Name != more[0].Name), .. more, ("limit", $"{Most}")],
            (request, token) => facts.AnswerAsync(request, CommitmentListSchema.Fields, r => r.Commitments, token, selection));
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
