namespace Facts;

/// <summary>Describes the rules that apply, in sentences for readers of balances.</summary>
public static class Reasons
{
    /// <summary>The rule that linked a delivery to a commitment.</summary>
    public static Reason For(Link link, ItemTree items)
    {
        var (commitment, delivery) = (link.Commitment, link.Delivery);
        if (!link.Explicit)
            return new("automatic", "names no commitment; donors, recipient and unit are the same, "
                + (items.Nearness(delivery.Items, commitment.Items) is > 0 and var steps
                    ? $"{delivery.Items.AnyOf} is {steps} {(steps == 1 ? "step" : "steps")} below {commitment.Items.AnyOf}"
                    : "and so is the item"));
        if (delivery.CommitmentKey is { } key && commitment.Keys.Contains(key)) return new("named", $"a claim of the delivery names the commitment '{key}'");
        return delivery.Targets.Contains(commitment)
            ? new("editor", "an editor linked the two")
            : new("passed_on", "exceeds the larger commitment that it went to; passed on to that commitment's parts, earliest deadline first");
    }

    /// <summary>The reason why two facts may be one, with their differences.</summary>
    public static Reason For(Candidate candidate)
    {
        var found = Differences(candidate.A, candidate.B).ToList();
        var differences = found.Count == 0 ? "" : ": " + string.Join("; ", found);
        return candidate.Reason switch
        {
            CandidateReason.NearMiss => new("near_miss", "the same donors, recipient and unit, and close otherwise" + differences),
            CandidateReason.AnotherNumber => new("another_number", $"at most {FirstFit.Tolerance} days apart, with another number" + differences),
            CandidateReason.StateTold => new("state_told", "the later one gives the number that the other had come to by then" + differences),
            CandidateReason.AnnouncedAgain => new("announced_again", "the later one may repeat the other, which was still open" + differences),
            CandidateReason.JointAndOwn => new("joint_and_own", "the donors of one are among those of the other" + differences),
            CandidateReason.PartnerDelivery => new("partner_delivery", "the donor has no open commitment of its own, only a joint one" + differences),
            CandidateReason.AnotherUnit => new("another_unit", "alike, but counted in another unit" + differences),
            CandidateReason.CameBefore => new("came_before", "it came shortly before the pledge that it may fulfil" + differences),
            CandidateReason.Remaining => new("remaining", "a claim of what is still to come fits both; merge it with the commitment that it is about"),
            _ => throw new ArgumentOutOfRangeException(nameof(candidate), candidate.Reason, null),
        };
    }

    static IEnumerable<string> Differences(Fact a, Fact b)
    {
        if (!a.Donors.Equals(b.Donors)) yield return $"{a.Donors.Joint} and {b.Donors.Joint}";
        if (!a.Items.Equals(b.Items)) yield return $"{a.Items.AnyOf} and {b.Items.AnyOf}";
        if (a.Unit != b.Unit) yield return $"{a.Unit ?? "no unit"} and {b.Unit ?? "no unit"}";
        var (x, y) = (a.Reports[0], b.Reports[0]);
        if (x.Quantity != y.Quantity) yield return $"{Format(x.Quantity)} and {Format(y.Quantity)}";
        if (FactDraft.DateOf(x) != FactDraft.DateOf(y)) yield return $"{FactDraft.DateOf(x).InWords()} and {FactDraft.DateOf(y).InWords()}";
        if (x.Due is { } due && y.Due is { } other && due != other) yield return $"due {due.InWords()} and {other.InWords()}";
        if ((x.Firmness == Firmness.Intent) != (y.Firmness == Firmness.Intent)) yield return "one is an intent";
    }

    /// <summary>Describes a fact in one line: donors, recipient, number, items and date.</summary>
    public static string Describe(Fact fact)
    {
        var first = fact.Reports.Min(ClaimOrder.ByDay)!;
        var donors = fact.Donors.IsEmpty ? "nobody in particular" : fact.Donors.Joint;
        var size = fact.Reports.Select(c => c.Quantity).FirstOrDefault(q => q is not null);
        var goods = $"{Format(size)}{(fact.Unit is { } unit ? $" {unit}" : "")} of {fact.Items.AnyOf}";
        return fact.Kind switch
        {
            FactKind.Request => $"{fact.Recipient} asks {donors} for {goods}, stated {first.Stated.InWords()}",
            FactKind.Commitment => $"{donors} promises {fact.Recipient} {goods}, stated {first.Stated.InWords()}"
                + (first.Due is { } due ? $", due {due.InWords()}" : ""),
            FactKind.Delivery => $"{donors} gives {fact.Recipient} {goods}, {FactDraft.DateOf(first).InWords()}",
            _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.Kind, null),
        };
    }

    internal static IReadOnlyList<Reason> For(CommitmentWork s, DateOnly asOf)
    {
        var (read, reasons) = (s.Reading, new List<Reason>());
        if (OneFact(s.Commitment, s.Commitment.Keys.Count) is { } one) reasons.Add(one);
        if (read.Size.Disputed) reasons.Add(Chosen(read.Size.By, $"the number is {Format(s.Original)}", read.Envelope));
        if (read.DueDisputed is { } by) reasons.Add(Chosen(by, $"the first deadline is {read.OriginalDue?.InWords()}", null));
        if (s.Conflict) reasons.Add(new("conflict", "its claims disagree"));
        if (!s.Stated.IsOver(asOf)) reasons.Add(new("date_not_over", "the day it was stated is not over: nothing of it is certain yet"));
        if (read.Changed) reasons.Add(new("changed", $"{Format(s.Original)} at first; amendments and cancellations make it {Format(s.Whole)}"));
        if (read.Deadlines.Count > 1) reasons.Add(new("deadline_moved", $"due {string.Join(", then ", read.Deadlines.Select(d => d.Due.InWords()))}"));
        if (s.HasTakingParts) reasons.Add(new("less_its_parts", $"its parts, {Format(s.PartsNow)} together, are taken out of {Format(s.Whole)}"));
        if (s.IsIntent) reasons.Add(new("intent", "an intent: in no other measure than intended"));
        if (read.Conditional)
            reasons.Add(new("conditional", $"under a condition that is not met{(read.Condition is { } text ? $" ({text})" : "")}: never overdue"));
        if (read.OnHold) reasons.Add(new("on_hold", "deliveries are suspended; no number changes"));
        if (s.Residual is null) reasons.Add(new("unspecified", "no claim gives a number: it adds nothing and is counted as unquantified"));
        return reasons;
    }

    internal static IReadOnlyList<Reason> For(DeliveryWork s, DateOnly asOf)
    {
        var (read, reasons) = (s.Reading, new List<Reason>());
        if (OneFact(s.Delivery, s.Delivery.Key is null ? 0 : 1) is { } one) reasons.Add(one);
        if (read.Size.Disputed) reasons.Add(Chosen(read.Size.By, $"the number is {Format(read.Size.Value)}", read.Envelope));
        if (s.Conflict)
            reasons.Add(new("conflict", s.Delivery.IsCumulative ? "a cumulative total below earlier deliveries or an earlier total" : "its claims disagree"));
        if (!s.Counts && read.Stage != Stage.Rejected) reasons.Add(new("below_stage", $"has come as far as {read.Stage.ToString().ToLowerInvariant()}"));
        else if (s.Counts && !s.When.IsOver(asOf)) reasons.Add(new("date_not_over", "the day it happened is not over: nothing of it is certain yet"));
        foreach (var rejection in s.Rejections.Where(r => r.Window.HasBegun(asOf)))
            reasons.Add(new("rejected", $"{Format(rejection.Number)} of it sent back"));
        if (s.Unexplained) reasons.Add(new("unexplained", $"the part of a cumulative total of {Format(read.Size.Value)} that no delivery explains"));
        if (s.Unquantified) reasons.Add(new("unspecified", "no claim gives a number: any part of the commitment it names, else nothing"));
        return reasons;
    }

    internal static IReadOnlyList<Reason> For(RequestWork s, DateOnly asOf)
    {
        var reasons = new List<Reason>();
        if (OneFact(s.Request, s.Request.Key is null ? 0 : 1) is { } one) reasons.Add(one);
        if (s.Size.Disputed) reasons.Add(Chosen(s.Size.By, $"the number is {Format(s.Size.Value)}", s.Envelope));
        if (!s.Stated.IsOver(asOf)) reasons.Add(new("date_not_over", "the day it was stated is not over: nothing of it is certain yet"));
        if (s.Requested is null) reasons.Add(new("unspecified", "no claim gives a number: it adds nothing and is counted as unquantified"));
        return reasons;
    }

    // The rule that made one fact of its reports; null if there is only one report.
    static Reason? OneFact(Fact fact, int keys)
    {
        var (count, first) = (fact.Reports.Count, fact.Reports[0]);
        if (count == 1) return null;
        if (keys > 1) return new("merged", $"an editor merged the facts of {count} claims under {keys} keys");
        if (fact.Reports.Any(c => c.Basis == QuantityBasis.Remaining) && fact.Reports.Any(c => c.Basis != QuantityBasis.Remaining)
            && fact.Reports.Any(c => FactDraft.KeyOf(c) is null))
            return new("remaining", "a claim of what is still to come fits this commitment, of which that much was outstanding");
        if (keys == 1 && fact.Reports.All(c => FactDraft.KeyOf(c) is not null)) return new("key", $"its {count} claims name the key '{fact.Key}'");
        return fact.Reports.All(c => c.Donors.Equals(first.Donors) && c.Items.Equals(first.Items) && c.EffectiveUnit == first.EffectiveUnit
                && (keys == 1 || c.Quantity == first.Quantity))
            ? new("corroboration", $"{count} claims report the same donors, recipient, items, unit and number on days that overlap or nearly overlap")
            : new("merged", $"an editor merged the facts of {count} claims");
    }

    static Reason Chosen(TieBreaker by, string choice, Interval? envelope)
    {
        var from = envelope is { } all ? $"; claims say {Format(all)}" : "";
        return by switch
        {
            TieBreaker.PreferredRank => new("preferred_rank", $"{choice}: an editor prefers a claim that says so{from}"),
            TieBreaker.MostPublishers => new("most_publishers", $"{choice}: most independent publishers say so{from}"),
            TieBreaker.Latest => new("latest", $"{choice}: no other value has more publishers, and it was stated last{from}"),
            TieBreaker.Smaller => new("smaller", $"{choice}: no other value has more publishers or was stated later, and it is the smaller{from}"),
            TieBreaker.Agreed => new("agreed", $"{choice}: all claims say so"),
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, null),
        };
    }

    /// <summary>Formats a number for readers: <c>5</c>, <c>4 to 6</c>, <c>20 or more</c>, or <c>an unknown number</c> for null.</summary>
    public static string Format(Interval? number) => number?.InOrder() switch
    {
        null => "an unknown number",
        { High: null, Low: var low } => $"{low:0.####} or more",
        { Low: var low, High: var high } when low == high => $"{low:0.####}",
        { Low: var low, High: var high } => $"{low:0.####} to {high:0.####}",
    };
}
