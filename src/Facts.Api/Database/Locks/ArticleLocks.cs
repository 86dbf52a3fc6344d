using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Database;

/// <summary>
/// Turns among those who write claims of the same articles. A long load takes the turn in an article as it comes to it and keeps it, long before its turn in the
/// partitions of the claims. So everybody else takes his turns in articles first, and waits for one only while he holds nothing that the load may want:
/// nobody waits in a circle, and no load begins anew because of a claim that was corrected meanwhile.
/// </summary>
internal static class ArticleLocks
{
    /// <summary>For a long load: the turns in articles until it ends. Waits for those who have one, none of whom waits for it.</summary>
    public static Task LockForImportAsync(FactsContext database, long[] articles, CancellationToken cancel) =>
        articles.Length == 0 ? Task.CompletedTask
            : database.Database.ExecuteSqlAsync($"select from articles where id = any ({articles}) order by id for update", cancel);

    /// <summary>For all others: the turns in articles until the transaction ends, or none of them.</summary>
    /// <param name="database">Its transaction is open.</param>
    /// <param name="articles">Which.</param>
    /// <param name="alone">Whether others, who write single claims, are to wait too.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ArticleLockedException">Somebody else has one.</exception>
    public static async Task LockAsync(FactsContext database, long[] articles, bool alone, CancellationToken cancel)
    {
        if (articles.Length == 0) return;
        var taking = alone
            ? database.Database.SqlQuery<long>($"select id as \"Value\" from articles where id = any ({articles}) order by id for update skip locked")
            : database.Database.SqlQuery<long>($"select id as \"Value\" from articles where id = any ({articles}) order by id for key share skip locked");
        var taken = await taking.ToListAsync(cancel);
        if (taken.Count < articles.Length) throw new ArticleLockedException(articles.Except(taken).First());
    }

    /// <summary>For who writes nothing but claims of one article, and for who comes back to it: waits for the turn in it until the transaction ends.</summary>
    /// <param name="database">Its transaction is open, and nothing was written in it.</param>
    /// <param name="article">Which.</param>
    /// <param name="cancel">Ends it.</param>
    public static Task WaitAsync(FactsContext database, long article, CancellationToken cancel) =>
        database.Database.ExecuteSqlAsync($"select from articles where id = {article} for no key update", cancel);
}
