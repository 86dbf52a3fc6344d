using Facts.Api.Articles;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace Facts.Api.Claims;

/// <summary>
/// Finds claims by words. Every word has to be in the title of the article, the quote or the note. Titles have an index, and quotes and notes have one.
/// A rare word is looked up there. For a common word the rows are read in the order of the page and compared one by one, since the page is soon full.
/// </summary>
internal static class ClaimSearch
{
    // The name of PostgreSQL's configuration that takes words as they are, in any language.
    const string Words = "simple";

    // Up to so many claims with a word, the index is the faster way. Measured with a million claims: a looked-up claim takes about 25 µs. A claim that is
    // read in order and compared takes 20 µs, and a page needs 50 that match.
    const int Few = 5_000;

    /// <summary>The claims among these that have all words of a text: as they are read, and as their number is estimated.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="database">Has the words of all claims.</param>
    /// <param name="text">Words in any order.</param>
    /// <param name="readsAll">True if all matching claims are read, to be counted, and not one page.</param>
    /// <param name="areCurrent">True if no claim among these is superseded or withdrawn.</param>
    /// <param name="cancel">Ends the queries.</param>
    public static async Task<(IQueryable<ClaimResponse> Rows, IQueryable<ClaimResponse> Estimated)> WithWordsAsync(
        this IQueryable<ClaimResponse> claims, FactsContext database, string text, bool readsAll, bool areCurrent, CancellationToken cancel)
    {
        var matching = claims.Where(c => EF.Functions.ToTsVector(Words, (c.Article.Title ?? "") + " " + (c.Claim.Quote ?? "") + " " + (c.Claim.Note ?? ""))
            .Matches(EF.Functions.PlainToTsQuery(Words, text)));
        var words = await database.Database.SqlQuery<string>(
            $"select unnest(tsvector_to_array(to_tsvector('simple', {text}))) as \"Value\"").ToListAsync(cancel);
        var rarest = ((IQueryable<long>? Ids, long Count))(null, long.MaxValue);
        foreach (var word in words)
        {
            var ids = WithWord(database, new NpgsqlTsQueryLexeme(word), areCurrent);
            if (await ListQuery.EstimateAsync(ids, cancel) is { } count && count < rarest.Count) rarest = (ids, count);
        }
        if (rarest.Ids is not { } found) return (matching, matching);
        // The database knows how many claims have a word only where it looks the word up.
        var lookedUp = (words.Count == 1 ? claims : matching).Where(c => found.Contains(c.Claim.Id));
        return (!readsAll && rarest.Count > Few ? matching : lookedUp, lookedUp);
    }

    static IQueryable<long> WithWord(FactsContext database, NpgsqlTsQuery word, bool areCurrent)
    {
        IQueryable<ClaimRow> claims = database.Set<ClaimRow>();
        // The claims of an article are found by the index of current ones.
        if (areCurrent) claims = claims.Where(c => c.SupersededIn == null);
        var articles = database.Set<ArticleRow>().Where(a => EF.Functions.ToTsVector(Words, a.Title ?? "").Matches(word)).Select(a => a.Id);
        return claims.Where(c => EF.Functions.ToTsVector(Words, (c.Quote ?? "") + " " + (c.Note ?? "")).Matches(word)).Select(c => c.Id)
            .Concat(claims.Where(c => articles.Contains(c.ArticleId)).Select(c => c.Id));
    }
}
