namespace Facts;

/// <summary>The timeline of a commitment: its own claims and the claims of its deliveries.</summary>
public static class History
{
    /// <summary>Builds the entries in the order of their days. A claim whose date begins after <paramref name="asOf"/> is left out.</summary>
    public static IReadOnlyList<HistoryEntry> Build(Resolution resolution, Commitment commitment, DateOnly asOf)
    {
        var own = resolution.Partitions.First(n => n.Commitments.Contains(commitment));
        var partition = new Resolution(
            own.Commitments.Concat<Fact>(own.Deliveries).OrderBy(f => f.First, ClaimOrder.ByName), [own], [], resolution.Items);
        var days = new Dictionary<DateOnly, CommitmentState?>();
        var entries = new List<HistoryEntry>();
        if (At(asOf) is not { } now) return entries;
        foreach (var claim in commitment.Claims.Concat(Delivered().SelectMany(d => d.Reports)).Distinct()
            .Where(c => FactDraft.When(c).HasBegun(asOf)).OrderBy(FactDraft.When).ThenBy(c => c, ClaimOrder.ByDay))
        {
            var when = FactDraft.When(claim);
            // A claim stated before the pledge takes effect with the pledge.
            var after = At(when.IsOver(asOf) ? when.End : asOf) ?? At(now.Begins) ?? now;
            var before = when.Begin == DateOnly.MinValue ? null : At(when.Begin.AddDays(-1));
            entries.Add(new(FactDraft.DateOf(claim), claim, [.. Texts(claim, before, after)], after));
        }
        return entries;

        // Deliveries linked to the commitment on the day asked for, deliveries announced for it,
        // and deliveries that were linked to it on a day with a delivery or with a claim about the commitment.
        IEnumerable<Delivery> Delivered() => commitment.Claims
            .Concat(own.Deliveries.Where(d => !d.IsExplicit || d.Targets.Contains(commitment)).SelectMany(d => d.Reports))
            .Select(FactDraft.When).Where(w => w.HasBegun(asOf)).Select(w => w.IsOver(asOf) ? w.End : asOf).Distinct().Select(At)
            .Append(now).Append(Balance.States(partition, new(asOf, Stage.Announced)).Commitments.FirstOrDefault(c => c.Commitment == commitment))
            .OfType<CommitmentState>().SelectMany(c => c.Links).Select(l => l.Delivery).Distinct();

        CommitmentState? At(DateOnly day)
        {
            if (!days.TryGetValue(day, out var state))
                days[day] = state = Balance.States(partition, new(day)).Commitments.FirstOrDefault(c => c.Commitment == commitment);
            return state;
        }
    }

    static IEnumerable<string> Texts(Claim claim, CommitmentState? before, CommitmentState after)
    {
        var texts = claim.Kind switch
        {
            ClaimKind.Pledge => Pledged(claim, before, after),
            ClaimKind.Amendment or ClaimKind.Cancellation => Changed(claim, before, after, after.Commitment.Changes.FirstOrDefault(c => c.Claim == claim)),
            ClaimKind.Delivery => Delivered(claim, after),
            ClaimKind.Assessment => [claim.Assessment == AssessmentKind.Denial
                ? "denied: disputed from then on"
                : $"assessed ({claim.Assessment?.ToString().ToLowerInvariant()}): no number changes"],
            ClaimKind.Request => [],
            _ => throw new InvalidOperationException($"No such kind: {claim.Kind}"),
        };
        return [.. texts];
    }

    static IEnumerable<string> Pledged(Claim claim, CommitmentState? before, CommitmentState after)
    {
        if (before is null)
        {
            yield return claim.Firmness == Firmness.Intent ? $"intended: {Reasons.Format(claim.Quantity)}" : $"original: {Reasons.Format(claim.Quantity)}";
            if (claim.Due is { } due) yield return $"due {due.InWords()}";
            if (claim.Condition is { } condition && claim.ConditionMet is not true) yield return $"on condition: {condition}";
            yield break;
        }

        if (claim.Basis == QuantityBasis.Remaining) yield return $"still to come: {Reasons.Format(claim.Quantity)}";
        if (before.Original != after.Original) yield return $"original now {Reasons.Format(after.Original)}, before {Reasons.Format(before.Original)}";
        else if (claim.Basis != QuantityBasis.Remaining)
            yield return claim.Quantity is null || claim.Quantity == after.Original
                ? "reported again"
                : $"says {Reasons.Format(claim.Quantity)}: another number stands";
        if (claim.Due is not null && before.Due != after.Due) yield return Moved(before.Due, after.Due);
        if (before.Firmness != after.Firmness) yield return $"firmness now {after.Firmness.ToString().ToLowerInvariant()}";
    }

    static IEnumerable<string> Changed(Claim claim, CommitmentState? before, CommitmentState after, CommitmentChange? change)
    {
        if (change is null)
        {
            yield return "a further report of the same change: it takes effect once";
            yield break;
        }

        if (claim.EffectiveUnit is { } unit && unit != after.Unit && claim.Quantity is not null) yield return $"counted in {unit}: no effect, a conflict";
        else if (claim is { Kind: ClaimKind.Cancellation, Quantity: { } number }) yield return $"cancelled {Reasons.Format(number)}";
        else if (claim.Kind == ClaimKind.Cancellation)
            yield return $"the rest cancelled: {Reasons.Format(after.Cancelled - (before?.Cancelled ?? Interval.Zero))}";
        else if (claim is { Quantity: { } size, Basis: QuantityBasis.Total })
            yield return $"new size {Reasons.Format(size)}{(change.IsOverruled ? ": another of that day stands, a conflict" : "")}";
        else if (claim.Quantity is { } more) yield return more.Low < 0 ? $"{more.Low:0.####}" : $"+{Reasons.Format(more)}";
        if (claim.Kind == ClaimKind.Cancellation) yield break;
        if (claim.Due is { } due) yield return Moved(before?.Due, due);
        if (claim.Firmness is { } firmness) yield return $"firmness now {firmness.ToString().ToLowerInvariant()}";
        if (claim.OnHold is { } hold) yield return hold ? "on hold" : "resumed";
        if (claim.Condition is { } condition) yield return $"on condition: {condition}";
        if (claim.ConditionMet is { } met) yield return met ? "condition met" : "condition not met";
    }

    static IEnumerable<string> Delivered(Claim claim, CommitmentState after)
    {
        var stage = (claim.Stage ?? Stage.Arrived).ToString().ToLowerInvariant();
        yield return claim.Basis == QuantityBasis.Cumulative
            ? $"{stage} so far: {Reasons.Format(claim.Quantity)}"
            : $"{stage}: {Reasons.Format(claim.Quantity)}";
        yield return after.Outstanding is { } left
            ? $"delivered {Reasons.Format(after.Delivered)}, outstanding {Reasons.Format(left)}"
            : $"delivered {Reasons.Format(after.Delivered)}";
    }

    static string Moved(FuzzyDate? from, FuzzyDate? to) => from is null ? $"due {to?.InWords()}" : $"deadline moved from {from.InWords()} to {to?.InWords()}";
}
