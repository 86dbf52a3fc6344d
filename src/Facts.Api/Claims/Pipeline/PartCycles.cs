using Facts.Api.Articles;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

/// <summary>
/// Refuses claims whose <c>part_of</c> would put a commitment inside itself, over all batches of an import. For example: stored, A is part of B;
/// a row that says that B is part of A is refused.
/// </summary>
internal sealed class PartCycles(FactsContext database)
{
    // Read once an import needs it: few files have part_of. The memory is a few words for each claim with part_of.
    List<((string? Article, string ExternalId) Name, string Part, string Whole)>? _parts;

    public async Task RefuseAsync(ResolvedBatch batch, CancellationToken cancel)
    {
        var added = batch.Claims.Where(c => c.Row.PartOf is not null).ToList();
        if (_parts is null && added.Count == 0) return;
        _parts ??= await StoredAsync(cancel);
        // A superseded claim's part_of does not count.
        var superseded = batch.Claims.Select(NameOf).ToHashSet();
        _parts.RemoveAll(p => superseded.Contains(p.Name));
        Refuse(batch, _parts.ToLookup(p => p.Part, p => p.Whole, StringComparer.Ordinal));
        _parts.AddRange(added.Where(c => c.Row.Commitment is not null).Select(c => (NameOf(c), c.Row.Commitment!, c.Row.PartOf!)));
    }

    /// <summary>The pairs that count: of claims that are neither superseded nor deprecated, in articles that are not retracted.</summary>
    async Task<List<((string? Article, string ExternalId) Name, string Part, string Whole)>> StoredAsync(CancellationToken cancel) => [.. (await (
        from claim in database.Set<ClaimRow>()
        join article in database.Set<ArticleRow>() on claim.ArticleId equals article.Id
        where claim.PartOf != null && claim.Commitment != null && claim.SupersededIn == null && claim.Rank != "deprecated" && article.RetractedAt == null
        select new { Article = article.ExternalId ?? article.Url, claim.ExternalId, claim.Commitment, claim.PartOf }).ToListAsync(cancel))
        .Select(p => ((p.Article, p.ExternalId), p.Commitment!, p.PartOf!))];

    static void Refuse(ResolvedBatch batch, ILookup<string, string> stored)
    {
        var claims = batch.Claims.Where(c => c.Row is { Commitment: not null, PartOf: not null }).ToList();
        var added = claims.ToLookup(c => c.Row.Commitment!, c => c.Row.PartOf!, StringComparer.Ordinal);
        foreach (var (sent, _, row) in claims)
            if (IsInside(row.PartOf!, row.Commitment!, key => stored[key].Concat(added[key])))
                batch.Errors.Refuse(sent, BatchErrors.At(sent, "part_of", Problems.Circular.Code,
                    $"would put '{row.Commitment}' inside of itself", row.PartOf));
    }

    static bool IsInside(string key, string whole, Func<string, IEnumerable<string>> wholesOf)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>([key]);
        while (next.TryDequeue(out var at))
        {
            if (at == whole) return true;
            if (!seen.Add(at)) continue;
            foreach (var wider in wholesOf(at)) next.Enqueue(wider);
        }

        return false;
    }

    static (string?, string) NameOf(ResolvedClaim claim) => (claim.Article.ExternalId ?? claim.Article.Url, claim.Row.ExternalId);
}
