using Facts.Api.Articles;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Merges;

/// <summary>
/// Changes the codes in stored claims for a merge, and changes them back for its undo. A claim stores codes, not the words of its source. So a claim that was
/// recorded under one code says after the merge what it would say if the source's name had always led to the other code.
/// </summary>
/// <param name="database">Its transaction is open and holds the locks of the merge.</param>
internal sealed class ClaimCodes(FactsContext database)
{
    /// <summary>Prefix of the external ids that an import makes from the content of a row. Such an id must follow the content.</summary>
    const string ByContent = "row:";

    /// <summary>The claims of any edition and time that name a code. Names are sets, which have no index: the query reads all claims.</summary>
    public IQueryable<ClaimRow> ClaimsWith(MergeKind kind, string code) => kind == MergeKind.Party
        ? database.Set<ClaimRow>().AsNoTracking().Where(c => c.Recipient == code || c.Donors.Contains(code))
        : database.Set<ClaimRow>().AsNoTracking().Where(c => c.Items.Contains(code));

    /// <summary>Replaces a code in all claims that name it.</summary>
    /// <param name="merge">The merge, which has its number.</param>
    /// <param name="kind">The kind of code.</param>
    /// <param name="items">The item tree after the merge.</param>
    /// <param name="cancel">Ends the statements.</param>
    /// <returns>The claims before and after.</returns>
    public async Task<List<(ClaimRow Before, ClaimRow After)>> ReplaceAsync(MergeRow merge, MergeKind kind, ItemTree items, CancellationToken cancel)
    {
        var pairs = (await ClaimsWith(kind, merge.Code).OrderBy(c => c.Id).ToListAsync(cancel))
            .Select(claim => (Before: claim, After: Renamed(claim))).ToList();
        await FollowContentAsync(pairs, cancel);
        foreach (var (_, after) in pairs) Complete(after, items);
        merge.Claims = pairs.Count;
        await FollowFileAsync(pairs, cancel);
        await WriteAsync([.. pairs.Select(p => p.After)], cancel);
        await database.CopyInAsync([.. pairs.Select(p => Stored(merge.Id, p.Before))], cancel);
        return pairs;

        ClaimRow Renamed(ClaimRow claim)
        {
            var after = claim.Copy();
            (after.Donors, after.Items) = ([.. claim.Donors], [.. claim.Items]);
            if (kind == MergeKind.Item) after.Items = Replaced(claim.Items);
            else (after.Donors, after.Recipient) = (Replaced(claim.Donors), claim.Recipient == merge.Code ? merge.Into : claim.Recipient);
            return after;
        }

        List<string> Replaced(List<string> codes) => [.. CodeSet.From(codes.Select(code => code == merge.Code ? merge.Into : code)).Codes];
    }

    /// <summary>Writes back the codes that claims had before a merge. Later editions that only copied the codes get them too.</summary>
    /// <returns>The claims before and after.</returns>
    public async Task<List<(ClaimRow Before, ClaimRow After)>> RestoreAsync(MergeRow merge, ItemTree items, CancellationToken cancel)
    {
        var stored = await database.Set<MergedClaimRow>().AsNoTracking().Where(m => m.MergeId == merge.Id).ToDictionaryAsync(m => m.ClaimId, cancel);
        var claims = await (from m in database.Set<MergedClaimRow>()
                            where m.MergeId == merge.Id
                            join claim in database.Set<ClaimRow>() on m.ClaimId equals claim.Id
                            select claim).AsNoTracking().ToListAsync(cancel);
        var first = claims.Select(c => c.FirstEditionId).ToHashSet();
        var later = await database.Set<ClaimRow>().AsNoTracking().Where(c => first.Contains(c.FirstEditionId)).OrderBy(c => c.Id).ToListAsync(cancel);
        var pairs = new List<(ClaimRow Before, ClaimRow After)>();
        var latest = new Dictionary<long, (ClaimRow Before, ClaimRow After)>();
        foreach (var claim in later)
        {
            if (stored.TryGetValue(claim.Id, out var was))
            {
                var after = claim.Copy();
                (after.Donors, after.Recipient, after.Items, after.ExternalId) = (was.Donors, was.Recipient, was.Items, was.ExternalId);
                (after.Commitment, after.Delivery, after.Request) = (was.Commitment, was.Delivery, was.Request);
                (after.Partition, after.Content, after.FileContent) = (was.Partition, was.Content, was.FileContent);
                pairs.Add(latest[claim.FirstEditionId] = (claim, after));
            }
            else if (latest.TryGetValue(claim.FirstEditionId, out var copied) && claim.ExternalId == copied.Before.ExternalId
                && claim.Donors.SequenceEqual(copied.Before.Donors) && claim.Recipient == copied.Before.Recipient
                && claim.Items.SequenceEqual(copied.Before.Items))
            {
                var after = claim.Copy();
                (after.Donors, after.Recipient, after.Items) = (copied.After.Donors, copied.After.Recipient, copied.After.Items);
                after.ExternalId = copied.After.ExternalId;
                if (claim.Commitment == copied.Before.Commitment) after.Commitment = copied.After.Commitment;
                if (claim.Delivery == copied.Before.Delivery) after.Delivery = copied.After.Delivery;
                if (claim.Request == copied.Before.Request) after.Request = copied.After.Request;
                Complete(after, items);
                if (claim.FileContent == claim.Content) after.FileContent = after.Content;
                else if (claim.FileContent == copied.Before.FileContent) after.FileContent = copied.After.FileContent;
                else if (claim.FileContent == copied.Before.Content) after.FileContent = copied.After.Content;
                pairs.Add((claim, after));
            }
        }
        await WriteAsync([.. pairs.Select(p => p.After)], cancel);
        await database.Set<MergedClaimRow>().Where(m => m.MergeId == merge.Id).ExecuteDeleteAsync(cancel);
        return pairs;
    }

    /// <summary>
    /// Gives claims that are named by their content the name of their new content, so that the file that holds them finds them again. A key that belongs to one
    /// claim alone is made of its name and follows too.
    /// </summary>
    async Task FollowContentAsync(List<(ClaimRow Before, ClaimRow After)> pairs, CancellationToken cancel)
    {
        var named = pairs.Where(p => p.Before.ExternalId.StartsWith(ByContent, StringComparison.Ordinal)).ToList();
        if (named.Count == 0) return;
        var ids = named.Select(p => p.Before.ArticleId).ToHashSet();
        var articles = await database.Set<ArticleRow>().AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancel);
        var taken = (await database.Set<ClaimRow>().Where(c => ids.Contains(c.ArticleId) && c.ExternalId.StartsWith(ByContent))
            .Select(c => new { c.ArticleId, c.ExternalId }).Distinct().ToListAsync(cancel)).Select(c => (c.ArticleId, c.ExternalId)).ToHashSet();
        foreach (var editions in named.GroupBy(p => (p.Before.ArticleId, p.Before.ExternalId)))
        {
            var article = articles[editions.Key.ArticleId];
            var articleName = article.ExternalId ?? article.Url!;
            var alone = StandaloneKey.Create(articleName, editions.Key.ExternalId);
            var hash = editions.Key.ExternalId[ByContent.Length..].Split('-')[0];
            if (editions.FirstOrDefault(p => ClaimRows.Fingerprint(Without(p.Before, alone)) == hash).After is not { } example) continue;
            var content = ClaimRows.Fingerprint(Without(example, alone));
            var name = Enumerable.Range(1, int.MaxValue).Select(n => $"{ByContent}{content}-{n}").First(n => taken.Add((editions.Key.ArticleId, n)));
            var key = StandaloneKey.Create(articleName, name);
            foreach (var (_, after) in editions)
            {
                after.ExternalId = name;
                if (after.Commitment == alone) after.Commitment = key;
                if (after.Delivery == alone) after.Delivery = key;
                if (after.Request == alone) after.Request = key;
            }
        }

        static ClaimRow Without(ClaimRow claim, string key)
        {
            var plain = claim.Copy();
            if (plain.Commitment == key) plain.Commitment = null;
            if (plain.Delivery == key) plain.Delivery = null;
            if (plain.Request == key) plain.Request = null;
            return plain;
        }
    }

    /// <summary>
    /// Makes the content that a file last said follow the codes, in all editions of the claims. Otherwise each claim would look as if an editor had
    /// corrected it. Editions that do not name the code are added to the pairs if their file's content does.
    /// </summary>
    async Task FollowFileAsync(List<(ClaimRow Before, ClaimRow After)> pairs, CancellationToken cancel)
    {
        var contents = new Dictionary<(long FirstEdition, string Content), string>();
        foreach (var (before, after) in pairs)
            foreach (var rank in EnumWords.All<Rank>())
            {
                contents.TryAdd((before.FirstEditionId, Ranked(before, rank)), Ranked(after, rank));
                contents.TryAdd((before.FirstEditionId, Ranked(before.WithoutGivenKey(), rank)), Ranked(after.WithoutGivenKey(), rank));
            }
        var (first, named) = (pairs.Select(p => p.Before.FirstEditionId).ToHashSet(), pairs.Select(p => p.Before.Id).ToHashSet());
        var editions = await database.Set<ClaimRow>().AsNoTracking().Where(c => c.FileContent != null && first.Contains(c.FirstEditionId)).ToListAsync(cancel);
        pairs.AddRange(editions.Where(c => !named.Contains(c.Id) && contents.ContainsKey((c.FirstEditionId, c.FileContent!))).Select(c => (c, c.Copy())));
        foreach (var (before, after) in pairs)
            if (before.FileContent is { } said && contents.TryGetValue((before.FirstEditionId, said), out var now)) after.FileContent = now;

        static string Ranked(ClaimRow claim, string rank)
        {
            var other = claim.Copy();
            other.Rank = rank;
            return ClaimRows.Fingerprint(other);
        }
    }

    static void Complete(ClaimRow claim, ItemTree items)
    {
        claim.Partition = PartitionOf(claim, items).Name;
        claim.Content = ClaimRows.Fingerprint(claim);
    }

    /// <summary>The partition in which a claim with these codes is stored.</summary>
    public static PartitionKey PartitionOf(ClaimRow claim, ItemTree items) =>
        ClaimRows.PartitionOf(claim, CodeSet.From(claim.Donors), items.Trees(CodeSet.From(claim.Items)));

    async Task WriteAsync(List<ClaimRow> claims, CancellationToken cancel)
    {
        if (claims.Count == 0) return;
        await using var command = await database.CommandAsync(
            """
            update claims
            set donors = string_to_array(written.donors, chr(31)), recipient = written.recipient, items = string_to_array(written.items, chr(31)),
                external_id = written.external_id, commitment = written.commitment, delivery = written.delivery, request = written.request,
                partition = written.partition, content = written.content, file_content = written.file_content
            from unnest(@ids, @donors, @recipients, @items, @external_ids, @commitments, @deliveries, @requests, @partitions, @contents,
                @file_contents) as written (
                id, donors, recipient, items, external_id, commitment, delivery, request, partition, content, file_content)
            where claims.id = written.id
            """, cancel,
            new("ids", claims.Select(c => c.Id).ToArray()), Texts("donors", c => string.Join('\u001f', c.Donors)), Texts("recipients", c => c.Recipient),
            Texts("items", c => string.Join('\u001f', c.Items)), Texts("external_ids", c => c.ExternalId), Texts("commitments", c => c.Commitment),
            Texts("deliveries", c => c.Delivery), Texts("requests", c => c.Request), Texts("partitions", c => c.Partition), Texts("contents", c => c.Content),
            Texts("file_contents", c => c.FileContent));
        await command.ExecuteNonQueryAsync(cancel);

        Npgsql.NpgsqlParameter Texts(string name, Func<ClaimRow, string?> value) =>
            new(name, NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text) { Value = claims.Select(value).ToArray() };
    }

    static MergedClaimRow Stored(long merge, ClaimRow claim) => new()
    {
        MergeId = merge, ClaimId = claim.Id, Donors = claim.Donors, Recipient = claim.Recipient, Items = claim.Items, ExternalId = claim.ExternalId,
        Commitment = claim.Commitment, Delivery = claim.Delivery, Request = claim.Request, Partition = claim.Partition, Content = claim.Content,
        FileContent = claim.FileContent,
    };
}
