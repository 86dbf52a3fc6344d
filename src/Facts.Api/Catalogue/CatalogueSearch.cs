using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Catalogue;

/// <summary>The rows of the catalogue that a list shows.</summary>
internal static class CatalogueSearch
{
    /// <summary>The description of the parameter <c>q</c>.</summary>
    public const string Description = "A part of the code, the name or an alias, without regard to case.";

    /// <summary>The entries that stand by themselves and, if the request has <c>q</c>, have it in one of their names.</summary>
    public static IQueryable<TRow> Listed<TRow, TName>(this FactsContext database, ListRequest<TRow> request)
        where TRow : class, ICatalogueRow where TName : class, ICatalogueName
    {
        var rows = database.Set<TRow>().AsNoTracking().Where(r => r.MergedInto == null && !r.IsRemoved);
        if (request.Parameters.Text("q") is not { } text) return rows;
        var part = CatalogueIndex.Key(text);
        return rows.Where(r => database.Set<TName>().Any(n => n.Code == r.Code && n.Name.Contains(part)));
    }
}
