namespace Facts.Api.Balances;

/// <summary>An open pair of the review list with a fact of a row.</summary>
/// <param name="Id">Id of the pair in <c>/v1/review</c>.</param>
/// <param name="Reason">Why the two may be one, in a word.</param>
/// <param name="Why">Why the two may be one, and where they differ, in a sentence.</param>
/// <param name="A">The first fact.</param>
/// <param name="AText">The first fact in one line.</param>
/// <param name="B">The second fact.</param>
/// <param name="BText">The second fact in one line.</param>
/// <param name="Decision">The decision that joins the two: <c>merge</c> or <c>link</c>.</param>
/// <param name="Effect">The change that the decision would make, and the numbers that stay if the two are kept apart.</param>
internal sealed record ExplainedPair(
    string Id, CandidateReason Reason, string Why, FactName A, string AText, FactName B, string BText, string Decision, string Effect)
{
    public static ExplainedPair From(Candidate pair)
    {
        var effect = PairEffect.From(pair);
        return new(pair.Id, pair.Reason, Reasons.For(pair).Text, new(pair.A.Kind, pair.A.Id), Reasons.Describe(pair.A), new(pair.B.Kind, pair.B.Id),
            Reasons.Describe(pair.B), effect.Decision, effect.Text);
    }
}
