using System.Linq.Expressions;
using Facts.Api.Articles;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using NpgsqlTypes;

namespace Facts.Api.Claims;

/// <summary>
/// Finds claims by words. Every word has to be in the title of the article, the quote or the note, or in a name of a donor, the recipient, an item or an item
/// above it. Titles have an index, quotes and notes have one, and the codes of parties and items have one. A rare word is looked up there. For a common word
/// the rows are read in the order of the page and compared one by one, since the page is soon full.
/// </summary>
internal static class ClaimSearch
{
    // The name of PostgreSQL's configuration that takes words as they are, in any language.
    const string Words = "simple";

    // Of claims that are tried, so many have all words if a page is full after 20,000 claims.
    const int Tried = 2_000, Enough = 5;

    // To be counted, a claim that has a common word is compared too, in 20 µs or more.
    const int MostCounted = 20_000;

    /// <summary>The claims of a source that have all words of a search.</summary>
    /// <param name="source">The claims.</param>
    /// <param name="database">Has the words of all claims.</param>
    /// <param name="words">The words.</param>
    /// <param name="readsAll">True if all matching claims are read, and not one page.</param>
    /// <param name="areCurrent">True if no claim among these is superseded or withdrawn.</param>
    /// <param name="cancel">Ends the queries.</param>
    public static async Task<ListSource<ClaimResponse>> WithWordsAsync(this ListSource<ClaimResponse> source, FactsContext database,
        IReadOnlyList<SearchWord> words, bool readsAll, bool areCurrent, CancellationToken cancel)
    {
        var claims = source.Rows;
        var matching = claims.WithWords(words);
        var found = new List<(IQueryable<long> Ids, long Count)>();
        foreach (var word in words)
        {
            var ids = WithWord(database, word, areCurrent);
            found.Add((ids, await ListQuery.EstimateAsync(ids, cancel) ?? long.MaxValue));
        }
        if (found.Count == 0) return source with { Rows = matching };
        found.Sort((a, b) => a.Count.CompareTo(b.Count));
        var rarest = found[0].Ids;
        var isRare = readsAll || found[0].Count <= Few(await ListQuery.EstimateAsync(database.Set<ClaimRow>(), cancel) ?? 0);
        var meetSeldom = !isRare && words.Count > 1 && await MeetSeldomAsync(database, claims, words, cancel);
        // The database knows how many claims have a word only where it looks the word up.
        var lookedUp = (words.Count == 1 ? claims : matching).Where(c => rarest.Contains(c.Claim.Id));
        if (meetSeldom)
        {
            var next = found[1].Ids;
            lookedUp = (words.Count == 2 ? claims : matching).Where(c => rarest.Contains(c.Claim.Id) && next.Contains(c.Claim.Id));
        }
        return source with
        {
            Rows = isRare || meetSeldom ? lookedUp : matching,
            Counted = lookedUp,
            MostCounted = MostCounted,
            ReadsOnceForFacets = true,
            Sample = source.Sample is { } sample ? percent => sample(percent).WithWords(words) : null,
        };
    }

    /// <summary>
    /// True if frequent words hardly meet in the claims that were stated last. A page would then read very many claims, and the two rarest words are looked
    /// up instead.
    /// </summary>
    static async Task<bool> MeetSeldomAsync(
        FactsContext database, IQueryable<ClaimResponse> claims, IReadOnlyList<SearchWord> words, CancellationToken cancel)
    {
        var last = database.Set<ClaimRow>().Where(c => c.StatedFrom != null || c.StatedTo != null)
            .OrderByDescending(c => c.StatedFrom ?? c.StatedTo).ThenBy(c => c.Id).Take(Tried).Select(c => c.Id);
        return await claims.Where(c => last.Contains(c.Claim.Id)).WithWords(words).Take(Enough).CountAsync(cancel) < Enough;
    }

    /// <summary>
    /// Up to so many claims with a word, among all claims, the index is the faster way. Measured: a looked-up claim takes about 25 µs. A claim that is read in
    /// order and compared takes 20 µs, and a page needs 50 that match. So both ways take as long where n × 25 = 50 × all / n × 20.
    /// </summary>
    static double Few(long all) => Math.Sqrt(40.0 * all);

    /// <summary>
    /// The claims that have all words. No claim has all of no words. PostgreSQL takes a condition about a text for one that hardly any row meets, and two of
    /// them for one that none meets. It would then read and sort all rows. Of a number it expects that a third is above 0, and it keeps the order of the
    /// conditions: names are compared first, in a fraction of the time in which a text is cut into words.
    /// </summary>
    static IQueryable<ClaimResponse> WithWords(this IQueryable<ClaimResponse> claims, IReadOnlyList<SearchWord> words)
    {
        if (words.Count == 0) return claims.Where(c => false);
        var row = Expression.Parameter(typeof(ClaimResponse), "c");
        var inText = words.Where(w => !w.IsInNames).ToList();
        var all = Joined([.. words.Where(w => w.IsInNames).Select(w => (Expression)Expression.OrElse(Of(IsNamed(w)), Of(IsInText([w])))),
            .. inText.Count == 0 ? [] : new[] { Of(IsInText(inText)) }], Expression.AndAlso);
        return claims.Where(Expression.Lambda<Func<ClaimResponse, bool>>(
            Expression.GreaterThan(Expression.Condition(all, Expression.Constant(1), Expression.Constant(0)), Expression.Constant(0)), row));

        Expression Of(Expression<Func<ClaimResponse, bool>> condition) =>
            ReplacingExpressionVisitor.Replace(condition.Parameters[0], row, condition.Body);
    }

    /// <summary>The parts as one, by halves: very many words one within the other would be too deep for those who read the whole.</summary>
    static T Joined<T>(ReadOnlySpan<T> parts, Func<T, T, T> join) =>
        parts.Length == 1 ? parts[0] : join(Joined(parts[..(parts.Length / 2)], join), Joined(parts[(parts.Length / 2)..], join));

    static Expression<Func<ClaimResponse, bool>> IsInText(IEnumerable<SearchWord> words)
    {
        var query = Query(words);
        return c => EF.Functions.ToTsVector(Words, (c.Article.Title ?? "") + " " + (c.Claim.Quote ?? "") + " " + (c.Claim.Note ?? "")).Matches(query);
    }

    static Expression<Func<ClaimResponse, bool>> IsNamed(SearchWord word)
    {
        var (parties, items) = (word.Parties.Keys.ToArray(), word.Items.Keys.ToArray());
        return c => c.Claim.Donors.Any(d => parties.Contains(d)) || parties.Contains(c.Claim.Recipient!) || c.Claim.Items.Any(i => items.Contains(i));
    }

    static NpgsqlTsQuery Query(IEnumerable<SearchWord> words) =>
        Joined<NpgsqlTsQuery>([.. words.Select(w => new NpgsqlTsQueryLexeme(w.Text))], (some, others) => new NpgsqlTsQueryAnd(some, others));

    /// <summary>Numbers of the claims that have a word, by the indexes. A claim that has it in several places comes several times.</summary>
    static IQueryable<long> WithWord(FactsContext database, SearchWord word, bool areCurrent)
    {
        var query = Query([word]);
        var articles = database.Set<ArticleRow>().Where(a => EF.Functions.ToTsVector(Words, a.Title ?? "").Matches(query)).Select(a => a.Id);
        var ids = Counting(database.Set<ClaimRow>()).Where(c => EF.Functions.ToTsVector(Words, (c.Quote ?? "") + " " + (c.Note ?? "")).Matches(query))
            .Select(c => c.Id)
            .Concat(Counting(database.Set<ClaimRow>()).Where(c => articles.Contains(c.ArticleId)).Select(c => c.Id));
        if (!word.IsInNames) return ids;
        var (parties, items) = (word.Parties.Keys.ToArray(), word.Items.Keys.ToArray());
        // Spelled as the index is: see ExpressionIndexes.
        return ids.Concat(Counting(database.Set<ClaimRow>().FromSql(
            $"select * from claims where array_append(donors, recipient) && {parties} or items && {items}")).Select(c => c.Id));

        // The claims of an article are found by the index of current ones.
        IQueryable<ClaimRow> Counting(IQueryable<ClaimRow> claims) => areCurrent ? claims.Where(c => c.SupersededIn == null) : claims;
    }
}
