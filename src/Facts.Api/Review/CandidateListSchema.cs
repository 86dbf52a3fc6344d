using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Review;

/// <summary>The fields of the review list. Each row is a pair of facts that may be one.</summary>
internal static class CandidateListSchema
{
    public static readonly ListSchema<CandidateRow> Fields = new ListSchema<CandidateRow>("Candidate")
        .Id("id", p => p.Id, "Id of the pair.")
        .Field("kind", p => p.Kind, "Kind of the two facts; null where they are a delivery and a commitment.", facet: true, words: EnumWords.All<FactKind>())
        .Field("reason", p => p.Reason, "Why the two facts may be one, in a word.", facet: true, words: EnumWords.All<CandidateReason>())
        .Field("why", p => p.Why, "Why the two facts may be one, and where they differ, in a sentence.")
        .Field("a", p => p.A, "Number of the first fact.")
        .Field("a_kind", p => p.AKind, "Kind of the first fact.", words: EnumWords.All<FactKind>())
        .Field("a_text", p => p.AText, "The first fact in one line.")
        .Field("a_claims", p => p.AClaims, "The claims of the first fact with their quotes.")
        .Field("b", p => p.B, "Number of the second fact.")
        .Field("b_kind", p => p.BKind, "Kind of the second fact.", words: EnumWords.All<FactKind>())
        .Field("b_text", p => p.BText, "The second fact in one line.")
        .Field("b_claims", p => p.BClaims, "The claims of the second fact with their quotes.")
        .Field("decision", p => p.Decision, "The decision that joins the two: `merge` makes them one fact, `link` gives the delivery to the commitment.",
            facet: true, words: ["merge", "link"])
        .Field("measure", p => p.Measure, "The measure that the decision changes.", facet: true)
        .Field("apart_low", p => p.ApartLow, "The number that the two certainly add to the measure while they are apart; null without one number.")
        .Field("apart_high", p => p.ApartHigh,
            "The number that the two possibly add to the measure while they are apart; null without one number or upper bound.")
        .Field("together_low", p => p.TogetherLow, "The number that they certainly add to the measure after the decision; null without a number.")
        .Field("together_high", p => p.TogetherHigh,
            "The number that they possibly add to the measure after the decision; null without a number or upper bound.")
        .Field("effect", p => p.Effect, "A sentence about the change that the decision would make, and about the numbers if the two are kept apart.")
        .Field("claim", p => p.Claim,
            "Number of a claim about what is still to come, which fits both commitments and belongs to neither; null for other pairs.")
        .Field("claim_text", p => p.ClaimText, "The claim that `claim` names, with its quote; null for other pairs.")
        .Field("recipient", p => p.Recipient, "Code of the party that receives.", facet: true)
        .Field("unit", p => p.Unit, "Unit of the quantities; null where nothing is counted.", facet: true);

    /// <summary>Reads the claims of all these pairs in one query and adds them to the pairs.</summary>
    public static async Task CompleteAsync(FactsContext database, IReadOnlyList<CandidateRow> pairs, CancellationToken cancel)
    {
        var ids = pairs.SelectMany(p => p.AClaimIds.Concat(p.BClaimIds)).Concat(pairs.Select(p => p.Claim).OfType<long>()).Distinct();
        var byId = (await EvidenceRow.ReadByClaimsAsync(database, [.. ids], cancel)).ToDictionary(c => c.Id);
        foreach (var pair in pairs)
        {
            pair.AClaims = [.. pair.AClaimIds.Select(id => byId[id])];
            pair.BClaims = [.. pair.BClaimIds.Select(id => byId[id])];
            pair.ClaimText = pair.Claim is { } claim ? byId[claim] : null;
        }
    }
}
