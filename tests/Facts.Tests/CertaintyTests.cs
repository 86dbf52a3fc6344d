using CsCheck;
using static Facts.Tests.Histories;

namespace Facts.Tests;

/// <summary>
/// Less certain input never makes output more certain. The tests compare the sums of all facts before low and high are put in order.
/// <para>
/// This property has limits, so the histories of each test leave some cases out. Where claims disagree, another number can make another fact or
/// another winner. Deliveries without a key, and goods that a whole passes on to its parts, fill one commitment up to its high before the next.
/// A larger high of the first then takes goods from the next. A delivery without a number is whatever was not delivered before it. Changes that replace or
/// take back take effect in the order of their last days. A deadline is over when its last day is over, so only ~ makes a deadline less certain.
/// </para>
/// </summary>
public sealed class CertaintyTests
{
    static readonly string[] Keys = ["a", "b", "c"];

    // Pledges with keys, then changes and deliveries. Each claim is about a fact of its own or gives what no other claim gives.
    static Gen<World> Keyed(bool changesThatReplace, bool unspecified) =>
        from pledges in Gen.Select(Any(Keys), Gen.Int[0, 300], Size, Any<string?>(null, "2024-03-10", "2024-06-30~"),
            Any(Firmness.Pledged, Firmness.Committed, Firmness.Intent)).Array[1, 3]
        from changes in Gen.Select(Any(Keys), Gen.Int[0, 300], Size, Gen.Int[0, 5]).Array[0, 3]
        from deliveries in Gen.Select(Gen.Frequency((4, Any<string?>(Keys)), (1, Any<string?>([null]))), Gen.Int[0, 300], Size, Gen.Int[0, 5]).Array[0, 5]
        from requests in Gen.Select(Gen.Int[0, 300], Size).Array[0, 2]
        select Make(pledges, changes, deliveries, requests, changesThatReplace, unspecified);

    static readonly Gen<string> Size = Any("1", "2", "3", "5", "8", "2..4", "3..", "0..6");

    static World Make((string Key, int Day, string Size, string? Due, Firmness Firmness)[] pledges, (string Key, int Day, string Size, int Dice)[] changes,
        (string? Key, int Day, string Size, int Dice)[] deliveries, (int Day, string Size)[] requests, bool changesThatReplace, bool unspecified)
    {
        var w = new World();
        foreach (var p in pledges.DistinctBy(p => p.Key)) w.Pledge(Day(p.Day), p.Size, key: p.Key, due: p.Due, firmness: p.Firmness);
        // Days are 50 apart, so that no two claims are reports of one change.
        foreach (var c in changes.Select(c => c with { Day = c.Day / 50 * 50 }).DistinctBy(c => (c.Key, changesThatReplace ? c.Day : 0)))
            if (c.Dice == 0) w.Cancel(Day(c.Day), c.Key, c.Size);
            // A cancellation without a number depends on all deliveries, so each delivery must have a key.
            else if (c.Dice == 1 && changesThatReplace && deliveries.All(d => d.Key is not null)) w.Cancel(Day(c.Day), c.Key);
            else w.Amend(Day(c.Day), c.Key, c.Size, c.Dice == 2 && changesThatReplace ? QuantityBasis.Total : QuantityBasis.Increment);
        foreach (var (d, i) in deliveries.Select((d, i) => (d, i)))
            if (d.Dice == 0) w.SoFar(Day(d.Day), d.Size, key: d.Key, items: Model(i));
            else w.Arrives(Day(d.Day), d.Dice == 1 && unspecified ? null : d.Size, key: d.Key, items: Model(i), delivery: $"d{i}");
        for (var i = 0; i < w.Claims.Count; i++)
            if (w.Claims[i] is { DeliveryKey: { } key } came && i % 3 == 0)
            {
                // The rejection is after the arrival, even when both dates are widened.
                w.Arrives($"{came.Happened!.To!.Value.AddDays(81 + i):yyyy-MM-dd}", "1", delivery: key, items: came.Items.AnyOf, stage: Stage.Rejected,
                    key: came.CommitmentKey);
                break;
            }
        foreach (var (r, i) in requests.Select((r, i) => (r, i))) w.Ask(Day(r.Day), r.Size, items: i == 0 ? "air-defence" : "iris-t");
        return w;
    }

    static string Model(int i) => new[] { "iris-t", "hawk", "nasams", "patriot", "air-defence" }[i % 5];

    static string Day(int n) => new DateOnly(2024, 1, 1).AddDays(n).ToString("yyyy-MM-dd");

    static World With(World w, int at, Claim other)
    {
        var changed = new World();
        for (var i = 0; i < w.Claims.Count; i++) changed.Add(i == at ? other : w.Claims[i]);
        return changed;
    }

    static readonly Gen<EvaluationOptions> Explicit = Gen.Int[0, 400]
        .Select(n => new EvaluationOptions(new DateOnly(2024, 1, 1).AddDays(n), Links: LinkPolicy.Explicit));

    static Measures Sum(World w, EvaluationOptions options) => w.At(options).All.Where(s => s.Counts).Select(s => s.Measures)
        .Aggregate(Measures.Zero, (a, b) => a + b);

    static void NoNarrower(Measures before, Measures after, params string[] except)
    {
        string[] names = ["requested", "intended", "original", "committed", "cancelled", "delivered", "credited", "surplus", "unpledged", "outstanding",
            "overdue", "overdue_original", "unmet_need"];
        foreach (var ((one, other), name) in All(before).Zip(All(after)).Zip(names))
            if (!except.Contains(name))
                Assert.True(other!.Value.Low <= one!.Value.Low && !(other.Value.High < (one.Value.High ?? decimal.MaxValue)), $"{name}: {one} became {other}");
        if (before.FulfilmentRate() is { } rate && after.FulfilmentRate() is { } wider)
            Assert.True(wider.Low <= rate.Low && wider.High >= rate.High, $"rate: {rate} became {wider}");
    }

    [Fact]
    public void A_less_certain_number_makes_no_number_more_certain() =>
        Gen.Select(Keyed(changesThatReplace: true, unspecified: false), Explicit, Gen.Int[0, 20], Gen.Int[0, 2], Gen.Int[0, 3])
            .Sample((w, options, at, less, more) =>
        {
            at %= w.Claims.Count;
            if (w.Claims[at] is not { Quantity: { } number } claim) return;
            var wider = new Interval(Math.Max(0, number.Low - less), more == 3 ? null : number.High + more);
            NoNarrower(Sum(w, options), Sum(With(w, at, claim with { Quantity = wider }), options), Partial(w));
        }, iter: Count, print: x => $"{x.Item2} {x.Item3} -{x.Item4} +{x.Item5}\n{Describe(x.Item1)}");

    [Fact]
    public void A_less_certain_date_makes_no_number_more_certain() =>
        Gen.Select(Keyed(changesThatReplace: false, unspecified: false), Explicit, Gen.Int[0, 20], Gen.Int[0, 40], Gen.Int[0, 40])
            .Sample((w, options, at, earlier, later) =>
        {
            at %= w.Claims.Count;
            var claim = w.Claims[at];
            var wider = Wider(claim.Kind == ClaimKind.Delivery ? claim.Happened! : claim.Stated, earlier, later);
            var other = claim.Kind == ClaimKind.Delivery ? claim with { Happened = wider } : claim with { Stated = wider };
            // An earlier pledge takes deliveries that were unpledged. They become credited or surplus and no longer reduce unmet need.
            string[] except = claim.Kind == ClaimKind.Pledge && earlier > 0 ? ["surplus", "unpledged", "unmet_need"] : Partial(w);
            var (before, after) = (Sum(w, options), Sum(With(w, at, other), options));
            NoNarrower(before, after, except);
            if (claim.Firmness is not Firmness.Intent && Partial(w) is [])
                Assert.True(Beyond(after).Low <= Beyond(before).Low && !(Beyond(after).High < (Beyond(before).High ?? decimal.MaxValue)),
                    $"beyond what was pledged: {Beyond(before)} became {Beyond(after)}");
        }, iter: Count, print: x => $"{x.Item2} {x.Item3} -{x.Item4} +{x.Item5}\n{Describe(x.Item1)}");

    // Low and high of an unexplained remainder are computed separately. They are right in sums with all deliveries of the scope,
    // but not in unpledged and unmet_need, which leave some of these deliveries out.
    static string[] Partial(World w) => w.Claims.Any(c => c.Basis == QuantityBasis.Cumulative) ? ["unpledged", "unmet_need"] : [];

    static Interval Beyond(Measures m) => m.Surplus!.Value + m.Unpledged!.Value;

    static FuzzyDate Wider(FuzzyDate date, int earlier, int later) =>
        FuzzyDate.Parse($"{date.From!.Value.AddDays(-earlier):yyyy-MM-dd}/{date.To!.Value.AddDays(later):yyyy-MM-dd}");

    [Fact]
    public void An_approximate_deadline_makes_no_number_more_certain() =>
        Gen.Select(Keyed(changesThatReplace: true, unspecified: true), Explicit, Gen.Int[0, 20]).Sample((w, options, at) =>
        {
            at %= w.Claims.Count;
            if (w.Claims[at] is not { Due: { } due } claim || due.Text.EndsWith('~')) return;
            NoNarrower(Sum(w, options), Sum(With(w, at, claim with { Due = FuzzyDate.Parse(due.Text + "~") }), options));
        }, iter: Count, print: x => $"{x.Item2} {x.Item3}\n{Describe(x.Item1)}");

    [Fact]
    public void A_condition_removes_only_overdue_numbers() =>
        Gen.Select(Unedited, Evaluations, Gen.Int[0, 20]).Sample((w, options, at) =>
        {
            if (w.Claims.Count == 0 || w.Claims[at % w.Claims.Count] is not { Kind: ClaimKind.Pledge } claim) return;
            var (before, after) = (Sum(w, options), Sum(With(w, at % w.Claims.Count, claim with { Condition = "if", ConditionMet = null }), options));
            Assert.Equal(All(before with { Overdue = null, OverdueOriginal = null }), All(after with { Overdue = null, OverdueOriginal = null }));
        }, iter: Count, print: x => Describe(x.Item1));
}
