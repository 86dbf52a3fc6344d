using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Review;

/// <summary>Two facts that may be one, as they are listed.</summary>
internal static class CandidateListSchema
{
    public static readonly ListSchema<CandidateRow> Fields = new ListSchema<CandidateRow>("Candidate")
        .Id("id", p => p.Id, "Names the pair.")
        .Field("kind", p => p.Kind, "What the facts are.", facet: true, words: EnumWords.All<FactKind>())
        .Field("reason", p => p.Reason, "Why they might be one, in a word.", facet: true, words: EnumWords.All<CandidateReason>())
        .Field("why", p => p.Why, "Why they might be one, and in what they differ, in a sentence.")
        .Field("a", p => p.A, "Number of the one fact.")
        .Field("a_text", p => p.AText, "The one fact in a line.")
        .Field("a_claims", p => p.AClaims, "Its claims with their quotes.")
        .Field("b", p => p.B, "Number of the other.")
        .Field("b_text", p => p.BText, "The other in a line.")
        .Field("b_claims", p => p.BClaims, "Its claims with their quotes.")
        .Field("claim", p => p.Claim, "A pledge of what remains, that fits both and is in neither.")
        .Field("claim_text", p => p.ClaimText, "That pledge with its quote.")
        .Field("recipient", p => p.Recipient, "Who receives.", facet: true)
        .Field("unit", p => p.Unit, "What is counted.", facet: true);

    /// <summary>Reads the claims of some pairs, all at once.</summary>
    public static async Task CompleteAsync(FactsContext database, IReadOnlyList<CandidateRow> pairs, CancellationToken cancel)
    {
        var claims = await EvidenceRow.ReadByClaimsAsync(database, [.. pairs.SelectMany(p => p.AClaimIds.Concat(p.BClaimIds)).Concat(pairs.Select(p => p.Claim).OfType<long>()).Distinct()], cancel);
        var byId = claims.ToDictionary(c => c.Id);
        foreach (var pair in pairs)
        {
            pair.AClaims = [.. pair.AClaimIds.Select(id => byId[id])];
            pair.BClaims = [.. pair.BClaimIds.Select(id => byId[id])];
            pair.ClaimText = pair.Claim is { } claim ? byId[claim] : null;
        }
    }
}
