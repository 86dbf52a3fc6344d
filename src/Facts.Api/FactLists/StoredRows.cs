using Facts.Api.Database;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.FactLists;

/// <summary>The stored rows of the facts of one kind.</summary>
internal static class StoredRows
{
    /// <summary>The rows that hold on a day, with the numbers of that day.</summary>
    public static IQueryable<TRow> On<TRow>(FactsContext database, DateOnly day) where TRow : FactRow
    {
        var rows = database.Set<TRow>();
        return On(typeof(TRow) == typeof(RequestRow) ? rows.FromSqlRaw(Requests(database), new NpgsqlParameter("day", day)) : rows, day);
    }

    /// <summary>The rows of a random part of the table that hold on a day; null for requests, which are few.</summary>
    public static Func<double, IQueryable<TRow>>? Sample<TRow>(FactsContext database, DateOnly day) where TRow : FactRow =>
        typeof(TRow) == typeof(RequestRow) ? null : percent => On(database.SampleOf<TRow>(percent), day);

    /// <summary>The facts among these that some claims report.</summary>
    /// <param name="rows">Stored or computed rows.</param>
    /// <param name="partitions">The partitions of the claims, by which stored rows are found.</param>
    /// <param name="claims">Numbers of the claims.</param>
    public static IQueryable<TRow> OfClaims<TRow>(this IQueryable<TRow> rows, string[] partitions, long[] claims) where TRow : FactRow =>
        rows.Where(r => partitions.Contains(r.Partition) && r.ClaimIds.Any(c => claims.Contains(c)));

    static IQueryable<TRow> On<TRow>(IQueryable<TRow> rows, DateOnly day) where TRow : FactRow =>
        rows.AsNoTracking().Where(r => r.ValidFrom <= day && (r.ValidTo == null || r.ValidTo > day));

    // All columns of the table, but the unmet need of the day.
    static string Requests(FactsContext database)
    {
        var columns = database.Model.FindEntityType(typeof(RequestRow))!.GetProperties().Select(p => p.GetColumnName()).Select(name => name switch
        {
            "unmet_need_low" => $"{UnmetNeeds.Column("low", "@day")} as unmet_need_low",
            "unmet_need_high" => $"{UnmetNeeds.Column("high", "@day")} as unmet_need_high",
            _ => name,
        });
        return $"select {string.Join(", ", columns)} from requests";
    }
}
