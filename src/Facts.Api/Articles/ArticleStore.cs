using Facts.Api.Database;
using Npgsql;

namespace Facts.Api.Articles;

internal static class ArticleStore
{
    public static async Task<ArticleLookup> FindAsync(FactsContext database, IReadOnlyCollection<ArticleName> names, CancellationToken cancel)
    {
        var ids = names.Select(n => n.Id).OfType<long>().Distinct().ToArray();
        var externalIds = names.Where(n => n.Id is null).Select(n => n.ExternalId).OfType<string>().Distinct().ToArray();
        var urls = names.Where(n => n.Id is null && n.ExternalId is null).Select(n => n.Url).OfType<string>().Distinct().ToArray();
        // `offset 0` makes PostgreSQL use an index for each name. Its statistics do not know the rows that an import has just written, and suggest a full scan.
        var rows = RowReader<ArticleRow>.Of(database);
        var trip = new RoundTrip(database);
        var found = trip.Ask(
            $"""
            select {rows.Select("a")}
            from unnest(@ids) as wanted (id)
            cross join lateral (select * from articles where id = wanted.id offset 0) a
            union
            select {rows.Select("a")}
            from unnest(@external_ids) as wanted (external_id)
            cross join lateral (select * from articles where external_id = wanted.external_id offset 0) a
            union
            select {rows.Select("a")}
            from unnest(@urls) as wanted (url)
            cross join lateral (select * from articles where url = wanted.url offset 0) a
            """, rows.Read, new NpgsqlParameter("ids", ids), new NpgsqlParameter("external_ids", externalIds), new NpgsqlParameter("urls", urls));
        await trip.SendAsync(cancel);
        return new(found);
    }

    /// <summary>
    /// Gives new articles their ids and stores them, in the order of their names. Two writers that store the same articles then wait for each other without a
    /// deadlock.
    /// </summary>
    public static async Task AddAsync(FactsContext database, IReadOnlyCollection<ArticleRow> articles, DateTimeOffset now, CancellationToken cancel)
    {
        var trip = new RoundTrip(database);
        var ids = Reserve(trip, articles);
        await trip.SendAsync(cancel);
        await AddAsync(trip, articles, ids, now, cancel);
        await trip.SendAsync(cancel);
    }

    /// <summary>Reserves the ids of new articles in a round trip.</summary>
    /// <returns>The ids, which are in the list once the statements have been sent.</returns>
    public static List<long> Reserve(RoundTrip trip, IReadOnlyCollection<ArticleRow> articles) =>
        articles.Count == 0 ? [] : trip.Reserve("articles_id_seq", articles.Count);

    /// <summary>Gives new articles their ids and adds the statements that store them, in the order of their names.</summary>
    public static Task AddAsync(
        RoundTrip trip, IReadOnlyCollection<ArticleRow> articles, IReadOnlyList<long> ids, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var (article, id) in articles.Zip(ids)) (article.Id, article.RecordedAt) = (id, now);
        return trip.InsertAsync(articles.OrderBy(a => a.ExternalId, StringComparer.Ordinal).ThenBy(a => a.Url, StringComparer.Ordinal), cancel);
    }
}
