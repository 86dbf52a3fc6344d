using System.Linq.Expressions;
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

    // To be counted, a claim that has a common word is compared too, in 20 µs or more.
    const int MostCounted = 20_000;

    /// <summary>The claims of a source that have all words of a text.</summary>
    /// <param name="source">The claims.</param>
    /// <param name="database">Has the words of all claims.</param>
    /// <param name="text">Words in any order.</param>
    /// <param name="readsAll">True if all matching claims are read, and not one page.</param>
    /// <param name="areCurrent">True if no claim among these is superseded or withdrawn.</param>
    /// <param name="cancel">Ends the queries.</param>
    public static async Task<ListSource<ClaimResponse>> WithWordsAsync(
        this ListSource<ClaimResponse> source, FactsContext database, string text, bool readsAll, bool areCurrent, CancellationToken cancel)
    {
        var claims = source.Rows;
        var matching = claims.Where(Has(text));
        var words = await database.Database.SqlQuery<string>(
            $"select unnest(tsvector_to_array(to_tsvector('simple', {text}))) as \"Value\"").ToListAsync(cancel);
        var rarest = ((IQueryable<long>? Ids, long Count))(null, long.MaxValue);
        foreach (var word in words)
        {
            var ids = WithWord(database, new NpgsqlTsQueryLexeme(word), areCurrent);
            if (await ListQuery.EstimateAsync(ids, cancel) is { } count && count < rarest.Count) rarest = (ids, count);
        }
        if (rarest.Ids is not { } found) return source with { Rows = matching };
        // The database knows how many claims have a word only where it looks the word up.
        var lookedUp = (words.Count == 1 ? claims : matching).Where(c => found.Contains(c.Claim.Id));
        return source with
        {
            Rows = !readsAll && rarest.Count > Few ? matching : lookedUp,
            Counted = lookedUp,
            MostCounted = MostCounted,
            Sample = source.Sample is { } sample ? percent => sample(percent).Where(Has(text)) : null,
        };
    }

    /// <summary>True for a claim that has all words of a text.</summary>
    public static Expression<Func<ClaimResponse, bool>> Has(string text) =>
        c => EF.Functions.ToTsVector(Words, (c.Article.Title ?? "") + " " + (c.Claim.Quote ?? "") + " " + (c.Claim.Note ?? ""))
            .Matches(EF.Functions.PlainToTsQuery(Words, text));

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
