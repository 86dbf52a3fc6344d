using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Database;

/// <summary>
/// Row locks on articles: step 4 of the lock order (<c>Database/Locks/README.md</c>). They serialize the writers that change claims of one article.
/// A bulk import locks each article when it reaches it. All other writers lock their articles up front, or none of them.
/// </summary>
internal static class ArticleLocks
{
    /// <summary>
    /// Locks articles for a bulk import until its transaction ends. Waits for the writers that hold them. None of these writers waits for the import.
    /// </summary>
    public static Task LockForImportAsync(FactsContext database, long[] articles, CancellationToken cancel) =>
        articles.Length == 0 ? Task.CompletedTask
            : database.Database.ExecuteSqlAsync($"select from articles where id = any ({articles}) order by id for update", cancel);

    /// <summary>Locks articles for any other writer until the transaction ends: all of them at once, or none.</summary>
    /// <param name="database">Its transaction is open.</param>
    /// <param name="articles">Numbers of the articles.</param>
    /// <param name="alone">
    /// True for an exclusive lock, for a new edition of the articles. False for a shared lock, which writers of single claims hold together.
    /// </param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="ArticleLockedException">Another writer holds one of them.</exception>
    public static async Task LockAsync(FactsContext database, long[] articles, bool alone, CancellationToken cancel) =>
        RequireLocked(articles, await RoundTrip.SendAsync(database, trip => Lock(trip, articles, alone), cancel));

    /// <summary>Adds the statement of <see cref="LockAsync"/> to a round trip.</summary>
    /// <returns>The articles that are locked, once the statements have been sent.</returns>
    public static List<long> Lock(RoundTrip trip, long[] articles, bool alone) => articles.Length == 0 ? [] : trip.Ask(
        $"select id from articles where id = any (@articles) order by id for {(alone ? "update" : "key share")} skip locked", r => r.GetInt64(0),
        new NpgsqlParameter("articles", articles));

    /// <summary>Checks that all articles are locked.</summary>
    /// <exception cref="ArticleLockedException">Another writer holds one of them.</exception>
    public static void RequireLocked(long[] articles, List<long> locked)
    {
        if (locked.Count < articles.Length) throw new ArticleLockedException(articles.Except(locked).First());
    }

    /// <summary>
    /// Waits for the lock of one article and holds it until the transaction ends. For a writer whose first lock this is: a withdrawal, a retraction, and the
    /// retry after an <see cref="ArticleLockedException"/>.
    /// </summary>
    /// <param name="database">Its transaction is open and holds no other lock.</param>
    /// <param name="article">Number of the article.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static Task WaitAsync(FactsContext database, long article, CancellationToken cancel) =>
        database.Database.ExecuteSqlAsync($"select from articles where id = {article} for no key update", cancel);
}
