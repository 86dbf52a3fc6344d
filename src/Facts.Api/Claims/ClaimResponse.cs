using Facts.Api.Articles;
using Facts.Api.Changes;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Claims;

/// <summary>A claim in a response: the stored claim with its article and its record times.</summary>
internal sealed class ClaimResponse
{
    public required ClaimRow Claim { get; init; }
    public required ArticleRow Article { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required DateTimeOffset? SupersededAt { get; init; }

    /// <summary>Claims of all editions. Those that count have no <c>superseded_at</c>.</summary>
    public static IQueryable<ClaimResponse> All(FactsContext database) => From(database.Set<ClaimRow>(), database);

    /// <summary>Claims of a random part of the store.</summary>
    public static IQueryable<ClaimResponse> Sample(FactsContext database, double percent) => From(database.SampleOf<ClaimRow>(percent), database);

    static IQueryable<ClaimResponse> From(IQueryable<ClaimRow> claims, FactsContext database) =>
        from claim in claims.AsNoTracking()
        join article in database.Set<ArticleRow>() on claim.ArticleId equals article.Id
        join recorded in database.Set<ChangeRow>() on claim.RecordedIn equals recorded.Id
        join ended in database.Set<ChangeRow>() on claim.SupersededIn equals (long?)ended.Id into ends
        from superseded in ends.DefaultIfEmpty()
        select new ClaimResponse { Claim = claim, Article = article, RecordedAt = recorded.RecordedAt, SupersededAt = (DateTimeOffset?)superseded!.RecordedAt };

    /// <summary>
    /// The same as <see cref="All"/>, to be counted. It reads as if article and change could be missing, so the database leaves out those that no filter needs.
    /// </summary>
    public static IQueryable<ClaimResponse> Counted(FactsContext database) =>
        from claim in database.Set<ClaimRow>().AsNoTracking()
        join source in database.Set<ArticleRow>() on claim.ArticleId equals source.Id into sources
        from article in sources.DefaultIfEmpty()
        join begun in database.Set<ChangeRow>() on claim.RecordedIn equals begun.Id into begins
        from recorded in begins.DefaultIfEmpty()
        join ended in database.Set<ChangeRow>() on claim.SupersededIn equals (long?)ended.Id into ends
        from superseded in ends.DefaultIfEmpty()
        select new ClaimResponse { Claim = claim, Article = article, RecordedAt = recorded.RecordedAt, SupersededAt = (DateTimeOffset?)superseded!.RecordedAt };

    /// <summary>The reader of rows of <see cref="All"/>, from a query that was sent by hand.</summary>
    public static Func<NpgsqlDataReader, ClaimResponse> Reader(FactsContext database, NpgsqlDataReader query)
    {
        var at = 0;
        var (claims, articles) = (RowReader<ClaimRow>.Of(database, query, ref at), RowReader<ArticleRow>.Of(database, query, ref at));
        return row => new()
        {
            Claim = claims.Read(row), Article = articles.Read(row), RecordedAt = row.GetFieldValue<DateTimeOffset>(at),
            SupersededAt = row.IsDBNull(at + 1) ? null : row.GetFieldValue<DateTimeOffset>(at + 1),
        };
    }

    /// <summary>Embeds the article, which is read with the claim.</summary>
    public static Task<Func<ClaimResponse, object?>> Embedded(string name, IReadOnlyList<ClaimResponse> rows, CancellationToken cancel) =>
        Task.FromResult<Func<ClaimResponse, object?>>(claim => claim.Article);
}
