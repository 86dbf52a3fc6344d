using CsCheck;

namespace Facts.Tests;

/// <summary>What must hold for any history; CsCheck_Iter says how many random ones, 100 where it is not set.</summary>
public sealed class HistoryTests
{
    static readonly string[] Dates =
        ["2024-01-05", "2024-01-07", "2024-01", "2024-02-10", "2024-02-12", "2024-03-01", "../2024-03-03", "2024-03", "2024-21", "2024", "2024-04-01/..", "2024-04-15~", "2024-05-01"];
    static readonly string?[] Numbers = [null, "1", "2", "2", "3", "5", "10", "2..4", "5..", "0..6"];
    static readonly string[] Items = ["iris-t", "iris-t-slm", "air-defence", "hawk|nasams", "hawk"];
    static readonly string?[] Keys = [null, null, "a", "b", "c"];
    static readonly string[] Days = ["2024-01-06", "2024-01-31", "2024-02-11", "2024-03-02", "2024-03-31", "2024-04-20", "2024-05-31", "2025-01-01", "2030-01-01"];

    static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static readonly Gen<ClaimKind> Kinds = Gen.Frequency(
        (3, Gen.Const(ClaimKind.Pledge)), (4, Gen.Const(ClaimKind.Delivery)), (1, Gen.Const(ClaimKind.Amendment)), (1, Gen.Const(ClaimKind.Cancellation)),
        (1, Gen.Const(ClaimKind.Request)), (1, Gen.Const(ClaimKind.Assessment)));

    static readonly Gen<Action<World>> Claims =
        from kind in Kinds
        from date in Any(Dates)
        from number in Any(Numbers)
        from item in Any(Items)
        from key in Any(Keys)
        from other in Any(Keys)
        from due in Any<string?>(null, null, "2024-03", "2024-02~", "../2024-03-31")
        from article in Any<string?>(null, null, null, "x", "y")
        from donor in Any("DEU", "DEU", "DEU", "ROU", "DEU+NLD")
        from stage in Any(Stage.Arrived, Stage.Arrived, Stage.Arrived, Stage.Dispatched, Stage.Accepted, Stage.Rejected)
        from dice in Gen.Int[0, 9]
        select (Action<World>)(w => w.Add(kind, date, number, kind == ClaimKind.Request ? null : kind is ClaimKind.Amendment or ClaimKind.Cancellation ? key ?? "a" : key, due,
            kind == ClaimKind.Request ? "" : donor, item, article, stage: stage,
            basis: kind switch
            {
                ClaimKind.Delivery when dice < 3 => QuantityBasis.Cumulative,
                ClaimKind.Pledge when dice < 2 => QuantityBasis.Remaining,
                ClaimKind.Amendment when dice < 5 => QuantityBasis.Total,
                _ => QuantityBasis.Increment,
            },
            firmness: kind == ClaimKind.Pledge && dice == 5 ? Firmness.Intent : kind == ClaimKind.Amendment && dice == 6 ? Firmness.Committed : null,
            delivery: kind == ClaimKind.Delivery && dice > 6 ? other : null,
            partOf: kind == ClaimKind.Pledge && dice == 7 ? other : null,
            condition: kind == ClaimKind.Pledge && dice == 8 ? "if" : null,
            hold: kind == ClaimKind.Amendment && dice == 7 ? true : null,
            assessment: kind == ClaimKind.Assessment ? AssessmentKind.Denial : null));

    static readonly Gen<World> Worlds = Claims.Array[0, 14].Select(steps =>
    {
        var w = new World();
        foreach (var step in steps) step(w);
        return w;
    });

    static string Tell(IEnumerable<Claim> claims) => string.Join('\n', claims.Select(c =>
        $"{c.Article.Name}/{c.ExternalId} {c.Kind} {c.Donors} {c.Items} {c.Quantity} {c.Basis} stated {c.Stated} happened {c.Happened} due {c.Due} {c.Stage} c={c.CommitmentKey} d={c.DeliveryKey} in={c.PartOf} {c.Firmness}"));

    static string Describe(Standings s) => string.Join('\n', s.All.Select(f => $"{f.Kind} {f.FactId} {World.Short(f.Measures)} [{string.Join(',', f.Claims.Select(c => c.Id))}] {f.Counts}"))
        + string.Join('\n', s.Links.Select(l => $"{l.Commitment.Id}<-{l.Delivery.Id} {World.Show(l.Quantity)}"));

    static void ForAll(Action<World> holds, long times = -1) => Worlds.Sample(holds, iter: times, print: w => Tell(w.Claims));

    [Fact]
    public void The_order_in_which_claims_arrive_does_not_matter() =>
        Gen.Select(Worlds, Gen.Int).Sample((w, seed) =>
        {
            var shuffled = w.Claims.ToArray();
            new Random(seed).Shuffle(shuffled);
            foreach (var day in Days)
            {
                var view = new View(DateOnly.Parse(day));
                Assert.Equal(Describe(Balance.Standings(w.Resolve(), view)), Describe(Balance.Standings(Resolution.Of(shuffled, World.Items, []), view)));
            }
            var (here, there) = (w.Resolve().Candidates, Resolution.Of(shuffled, World.Items, []).Candidates);
            Assert.Equal(here.Select(c => (c.Reason, c.A.Id, c.B.Id)).Order(), there.Select(c => (c.Reason, c.A.Id, c.B.Id)).Order());
        }, print: x => Tell(x.Item1.Claims));

    [Fact]
    public void Whatever_editors_decide_no_claim_is_lost_or_told_twice() =>
        Gen.Select(Worlds, Gen.Select(Gen.Int[0, 3], Gen.Long[1, 14], Gen.Long[1, 14]).Array[0, 6]).Sample((w, edits) =>
        {
            Decision[] decisions = [.. edits.Select((e, i) => e switch
            {
                (0, var a, var b) => (Decision)new Decision.Merge(i, a, b),
                (1, var a, var b) => new Decision.Split(i, a, b),
                (2, var a, var b) => new Decision.Link(i, a, b),
                (_, var a, var b) => new Decision.Unlink(i, a, b),
            })];
            var r = Resolution.Of(w.Claims, World.Items, decisions);
            var told = r.Requests.Concat<Fact>(r.Commitments).Concat(r.Deliveries).SelectMany(f => f.Reports).Concat(r.Candidates.Select(c => c.Claim).OfType<Claim>().Distinct());
            Assert.Equal(w.Claims.Where(c => c.Kind is ClaimKind.Pledge or ClaimKind.Delivery or ClaimKind.Request).Select(c => c.Id).Order(), told.Select(c => c.Id).Order());
            var here = Describe(Balance.Standings(r, new(new(2024, 4, 20))));
            Assert.Equal(here, Describe(Balance.Standings(Resolution.Of(w.Claims.Reverse(), World.Items, decisions.Reverse()), new(new(2024, 4, 20)))));
        }, print: x => Tell(x.Item1.Claims));

    [Fact]
    public void In_a_row_low_is_never_above_high() => ForAll(w =>
    {
        foreach (var day in Days)
            foreach (var m in w.Rows(day, Grouping.Item | Grouping.Donor).Select(r => r.Measures))
            {
                foreach (var i in All(m)) Assert.True(i.Low >= 0 && !(i.High < i.Low), World.Short(m));
                if (m.FulfilmentRate() is { } rate) Assert.True(0 <= rate.Low && rate.Low <= rate.High && rate.High <= 1);
            }
    });

    [Fact]
    public void Without_running_totals_no_fact_has_low_above_high() => ForAll(w =>
    {
        if (w.Claims.Any(c => c.Basis == QuantityBasis.Cumulative)) return;
        foreach (var day in Days)
            foreach (var s in w.At(day).All)
                foreach (var i in All(s.Measures)) Assert.True(i.Low >= 0 && !(i.High < i.Low), $"{s.Kind} {s.FactId} {World.Short(s.Measures)}");
    });

    [Fact]
    public void The_rows_of_groups_add_up_to_the_total() => ForAll(w =>
    {
        if (w.Claims.Any(c => c.Basis == QuantityBasis.Cumulative)) return; // only then may rows add up to a wider interval
        foreach (var day in Days)
            foreach (var total in w.Rows(day))
                foreach (var groups in new[] { Grouping.Donor, Grouping.Item, Grouping.Category | Grouping.YearStated, Grouping.YearDue | Grouping.Recipient })
                    Assert.Equal(World.Short(total.Measures),
                        World.Short(w.Rows(day, groups).Where(r => r.Key.Unit == total.Key.Unit).Select(r => r.Measures).Aggregate(Measures.Zero, (a, b) => a + b)));
    });

    [Fact]
    public void What_was_delivered_is_linked_or_unpledged() => ForAll(w =>
    {
        foreach (var day in Days)
            foreach (var links in Enum.GetValues<LinkPolicy>())
            {
                var s = w.At(day, links: links);
                var delivered = s.Deliveries.Select(d => d.Measures.Delivered).OfType<Interval>().Aggregate(Interval.Zero, (a, b) => a + b);
                var given = s.Commitments.Select(c => c.Delivered).Concat(s.Deliveries.Select(d => d.Measures.Unpledged).OfType<Interval>()).Aggregate(Interval.Zero, (a, b) => a + b);
                Assert.Equal(delivered.Low, given.Low);
                if (delivered.High is { } high) Assert.Equal(high, given.High);
            }
    });

    [Fact]
    public void Links_and_stages_never_change_what_is_committed() => ForAll(w =>
    {
        foreach (var day in Days)
        {
            var one = w.At(day).Commitments.Select(c => (c.FactId, c.Current, c.Cancelled)).ToList();
            Assert.Equal(one, w.At(day, Stage.Dispatched).Commitments.Select(c => (c.FactId, c.Current, c.Cancelled)));
            Assert.Equal(one, w.At(day, links: LinkPolicy.Explicit).Commitments.Select(c => (c.FactId, c.Current, c.Cancelled)));
        }
    });

    [Fact]
    public void Between_two_breakpoints_nothing_changes() => ForAll(w =>
    {
        var resolution = w.Resolve();
        var breaks = Balance.Breakpoints(resolution, new(2023, 12, 1)).ToHashSet();
        string? before = null;
        for (var day = new DateOnly(2023, 12, 1); day < new DateOnly(2024, 7, 1); day = day.AddDays(1))
        {
            var now = Describe(Balance.Standings(resolution, new(day)));
            if (!breaks.Contains(day) && before is not null) Assert.Equal(before, now);
            before = now;
        }
    }, times: 10);

    [Fact]
    public void A_claim_is_evidence_of_one_fact_at_most() => ForAll(w =>
    {
        var r = w.Resolve();
        var reports = r.Requests.Concat<Fact>(r.Commitments).Concat(r.Deliveries).SelectMany(f => f.Reports).Select(c => c.Id).ToList();
        Assert.Equal(reports.Count, reports.Distinct().Count());
        var undecided = r.Candidates.Select(c => c.Claim).OfType<Claim>().Select(c => c.Id).Distinct();
        Assert.Equal(w.Claims.Where(c => c.Kind is ClaimKind.Pledge or ClaimKind.Delivery or ClaimKind.Request).Select(c => c.Id).Order(), reports.Concat(undecided).Order());
    });

    static IEnumerable<Interval> All(Measures m) => new[]
    {
        m.Requested, m.Intended, m.Original, m.Committed, m.Cancelled, m.Delivered, m.Credited, m.Surplus, m.Unpledged, m.Outstanding, m.Overdue, m.OverdueOriginal, m.UnmetNeed,
    }.OfType<Interval>();
}
