using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Database;

/// <summary>Reads a random part of a table, to estimate what the whole table has.</summary>
internal static class TableSample
{
    /// <summary>The rows of about so many per cent of the pages of a table: the same ones until rows are written.</summary>
    public static IQueryable<TRow> SampleOf<TRow>(this FactsContext database, double percent) where TRow : class =>
        database.Set<TRow>().FromSqlRaw(string.Create(CultureInfo.InvariantCulture,
            $"select * from {database.Model.FindEntityType(typeof(TRow))!.GetTableName()} tablesample system ({percent:R}) repeatable (1)"));
}
