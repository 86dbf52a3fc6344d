using Facts.Api.Http;

namespace Facts.Api.Review;

/// <summary>A claim of one of two facts, as an editor reads it.</summary>
/// <param name="Id">Number of the claim.</param>
/// <param name="StatedOn">When it was said (EDTF).</param>
/// <param name="HappenedOn">Of a delivery: when it reached its stage (EDTF).</param>
/// <param name="QuantityLow">Least it can be, inclusive; null where unspecified.</param>
/// <param name="QuantityHigh">Most it can be, inclusive; null where unspecified or without bound.</param>
/// <param name="Quote">The exact passage.</param>
/// <param name="ArticleId">Number of the article.</param>
/// <param name="ArticleTitle">Title of the article.</param>
/// <param name="ArticlePublisher">Who published it.</param>
internal sealed record PairClaim(
    long Id, string StatedOn, string? HappenedOn, decimal? QuantityLow, decimal? QuantityHigh, string? Quote, long ArticleId, string? ArticleTitle, string? ArticlePublisher)
{
    public static PairClaim Of(Claim claim) => new(claim.Id, claim.Stated.Text, claim.Happened?.Text, claim.Quantity?.Low, claim.Quantity?.High, claim.Quote?.Exact,
        claim.Article.Id, claim.Article.Title, claim.Article.Publisher);
}

/// <summary>Two facts that may be one, as they are listed.</summary>
internal sealed record Pair(
    string Id, string Kind, string Reason, string Why, long A, string AText, IReadOnlyList<PairClaim> AClaims, long B, string BText, IReadOnlyList<PairClaim> BClaims,
    long? Claim, PairClaim? ClaimText, string Recipient, string? Unit)
{
    public static readonly ListFields<Pair> Fields = new ListFields<Pair>("Candidate")
        .Id("id", p => p.Id, "Names the pair.")
        .Field("kind", p => p.Kind, "What the facts are.", facet: true, words: Words.All<FactKind>())
        .Field("reason", p => p.Reason, "Why they might be one, in a word.", facet: true, words: Words.All<CandidateReason>())
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

    public static Pair Of(Candidate c) => new(
        $"{c.A.Id}-{c.B.Id}{(c.Claim is { } claim ? $"-{claim.Id}" : "")}", Words.Of(c.A.Kind), Words.Of(c.Reason), Reasons.Of(c).Text,
        c.A.Id, Reasons.Line(c.A), [.. c.A.Reports.Select(PairClaim.Of)], c.B.Id, Reasons.Line(c.B), [.. c.B.Reports.Select(PairClaim.Of)],
        c.Claim?.Id, c.Claim is { } open ? PairClaim.Of(open) : null, c.A.Recipient, c.A.Unit);
}
