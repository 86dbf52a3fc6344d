namespace Facts;

/// <summary>The change that an editor's decision about a pair of the review queue would make.</summary>
/// <param name="Decision">The decision that makes the two belong together: <c>merge</c> or <c>link</c>.</param>
/// <param name="Measure">The measure that it changes: <c>requested</c>, <c>intended</c>, <c>committed</c>, <c>delivered</c> or <c>unpledged</c>.</param>
/// <param name="Apart">The sum that the two add to the measure while they are kept apart, after all known changes; null without one number.</param>
/// <param name="Together">The number that they add to it after the decision; null without a number.</param>
/// <param name="Text">A sentence that says so.</param>
public sealed record PairEffect(string Decision, string Measure, Interval? Apart, Interval? Together, string Text)
{
    /// <summary>Computes the effect. It holds for the two facts on their own: deliveries and parts of other facts are left out.</summary>
    public static PairEffect From(Candidate pair) => (pair.A, pair.B) switch
    {
        (Commitment a, Commitment b) when pair.Reason == CandidateReason.Remaining => new("merge", MeasureOf(a, b), Sum(NumberOf(a), NumberOf(b)),
            Sum(NumberOf(a), NumberOf(b)), "merging the claim with one of the two changes no number: it says what is left of that commitment"),
        (Delivery delivery, Commitment) => Linked(delivery),
        (Commitment, Delivery delivery) => Linked(delivery),
        (Commitment a, Commitment b) => Merged(a, b, MeasureOf(a, b), NumberOf(a), NumberOf(b), MergedNumber(a, b)),
        (var a, var b) => Merged(a, b, a is Request ? "requested" : "delivered", NumberOf(a), NumberOf(b), NumberOf([.. a.Reports, .. b.Reports])),
    };

    static PairEffect Linked(Delivery delivery)
    {
        var number = NumberOf(delivery);
        return new("link", "unpledged", number, number is null ? null : Interval.Zero,
            $"linking counts {Reasons.Format(number)} towards the commitment, and no longer as unpledged; keeping apart leaves both as they are");
    }

    static PairEffect Merged(Fact a, Fact b, string measure, Interval? one, Interval? other, Interval? together)
    {
        if (a.Unit != b.Unit)
            return new("merge", measure, null, together,
                $"merging leaves {Reasons.Format(together)} of one unit; keeping apart counts "
                + $"{Reasons.Format(one)} {a.Unit} and {Reasons.Format(other)} {b.Unit}");
        var apart = Sum(one, other);
        return new("merge", measure, apart, together,
            $"merging makes {measure} of the two {Reasons.Format(together)}; keeping apart leaves it at {Reasons.Format(apart)}");
    }

    static string MeasureOf(Commitment a, Commitment b) =>
        a.Reports.Concat(b.Reports).All(c => c.Firmness == Firmness.Intent) ? "intended" : "committed";

    static Interval? NumberOf(Fact fact) => fact is Commitment { Changes.Count: > 0 } changed ? NumberAfterChanges(changed) : NumberOf(fact.Reports);

    static Interval? NumberOf(IReadOnlyList<Claim> reports) => ComparedFact.SizeOf(reports);

    static Interval? MergedNumber(Commitment a, Commitment b)
    {
        IReadOnlyList<Claim> reports = [.. a.Reports, .. b.Reports];
        if (a.Changes.Count + b.Changes.Count == 0) return NumberOf(reports);
        return NumberAfterChanges(new(a.Key ?? b.Key, reports, [.. a.Claims.Concat(b.Claims).Except(reports)], [.. a.Keys, .. b.Keys]));
    }

    // A cancellation without a number depends on deliveries, which are left out here: it takes back nothing.
    static Interval? NumberAfterChanges(Commitment commitment) =>
        CommitmentReading.At(commitment, DateOnly.MaxValue, openBefore: DateOnly.MinValue, _ => Interval.Zero)?.Whole;

    static Interval? Sum(Interval? a, Interval? b) => a is { } x && b is { } y ? x + y : a ?? b;
}
