using Microsoft.EntityFrameworkCore.Migrations;

namespace Facts.Api.Database.Migrations;

/// <summary>
/// The indexes of expressions, which Entity Framework cannot describe. A page that is sorted by one of these days, or searched for a word, reads its rows in the
/// order of the index. So an expression must be spelled as Entity Framework spells it in the query. A new initial migration has to call these again.
/// </summary>
internal static class ExpressionIndexes
{
    // A day by which people sort: the first day on which a thing can have been stated, the last day of a deadline.
    const string Stated = "(coalesce(stated_from, stated_to)), id";

    // Most claims have no deadline. Read backwards, the index would begin with them.
    const string Due = "(coalesce(due_to, due_from)), id", HasDue = "due_to is not null or due_from is not null";

    // New words and codes wait in a list, which ProjectionRefreshService merges into the index after a write. Else each import would wait for that.
    const string Pending = "with (gin_pending_list_limit = 1048576)";

    public static void AddExpressionIndexes(this MigrationBuilder migration)
    {
        foreach (var table in new[] { "claims", "commitments", "deliveries", "requests" })
            migration.Sql($"create index ix_{table}_stated on {table} ({Stated})");
        foreach (var table in new[] { "claims", "commitments" })
            migration.Sql($"create index ix_{table}_due on {table} ({Due}) where {HasDue}");
        migration.Sql("create index ix_commitments_outstanding on commitments (outstanding_low, id) where outstanding_low is not null");
        migration.Sql("create index ix_articles_words on articles using gin (to_tsvector('simple', coalesce(title, '')))");
        migration.Sql(
            "create index ix_claims_words on claims using gin (to_tsvector('simple', coalesce(quote, '') || ' ' || coalesce(note, ''))) " + Pending);
    }

    /// <summary>
    /// The index of the parties and items of claims, by which a search finds names, and that of the few commitments without a number that have a deadline.
    /// </summary>
    public static void AddSearchIndexes(this MigrationBuilder migration)
    {
        migration.Sql("create index ix_claims_names on claims using gin (array_append(donors, recipient), items) " + Pending);
        migration.Sql("create index ix_commitments_unquantified on commitments (recipient) where unquantified and due_on is not null");
    }
}
