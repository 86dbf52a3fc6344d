using CsCheck;
using static Facts.Tests.Histories;

namespace Facts.Tests;

/// <summary>Properties that hold for any history of claims and decisions.</summary>
public sealed class HistoryTests
{
    [Fact]
    public void The_order_in_which_claims_arrive_does_not_matter() =>
        Gen.Select(Edited, Evaluations, Gen.Int).Sample((w, options, seed) =>
        {
            var (claims, decisions) = (w.Claims.ToArray(), w.Decisions.ToArray());
            new Random(seed).Shuffle(claims);
            new Random(seed).Shuffle(decisions);
            var (here, there) = (w.Resolve(), Resolution.From(claims, World.Items, decisions));
            Assert.Equal(Describe(Balance.States(here, options)), Describe(Balance.States(there, options)));
            Assert.Equal(here.Candidates.Select(c => (c.Reason, c.A.Id, c.B.Id)).Order(), there.Candidates.Select(c => (c.Reason, c.A.Id, c.B.Id)).Order());
        }, iter: Count, print: x => Describe(x.Item1));

    [Fact]
    public void The_numbers_the_store_gives_its_claims_decide_nothing() =>
        Gen.Select(Unedited, Evaluations, Gen.Int).Sample((w, options, seed) =>
        {
            var numbers = Enumerable.Range(1, w.Claims.Count).Select(i => (long)i).ToArray();
            new Random(seed).Shuffle(numbers);
            string[] Numbers(IEnumerable<Claim> claims) =>
                [.. Balance.States(Resolution.From(claims, World.Items, []), options).All
                    .Select(f => $"{f.Kind} {World.Short(f.Measures)} {string.Join(',', f.Claims.Select(c => $"{c.Article.Name}/{c.ExternalId}"))}")];
            Assert.Equal(Numbers(w.Claims), Numbers(w.Claims.Select((c, i) => c with { Id = numbers[i], FirstEditionId = numbers[i] })));
        }, iter: Count, print: x => Describe(x.Item1));

    [Fact]
    public void Claims_that_come_and_go_give_what_those_that_are_there_give_at_once() =>
        Gen.Select(Edited, Evaluations, Gen.Int).Sample((w, options, seed) =>
        {
            var random = new Random(seed);
            var repeated = new RepeatedResolution(World.Items, [.. w.Decisions]);
            var there = w.Claims.Where(_ => random.Next(2) == 0).ToList();
            for (var step = 0; step < 8; step++)
            {
                for (var changes = w.Claims.Count == 0 ? 0 : random.Next(4); changes > 0; changes--)
                    if (w.Claims[random.Next(w.Claims.Count)] is var claim && !there.Remove(claim)) there.Add(claim);
                var (again, afresh) = (repeated.Resolve(there), Resolution.From(there, World.Items, w.Decisions));
                Assert.Equal(afresh.Candidates.Select(c => (c.Reason, c.Id)), again.Candidates.Select(c => (c.Reason, c.Id)));
                foreach (var on in new[] { options, new EvaluationOptions(options.AsOf.AddDays(-20)) })
                    Assert.Equal(Describe(Balance.States(afresh, on)), Describe(repeated.States(on)));
            }
        }, iter: Count, print: x => Describe(x.Item1));

    [Fact]
    public void No_claim_is_lost_or_counted_twice_whatever_editors_decide() => ForAll(Edited, w =>
    {
        var r = w.Resolve();
        var reports = r.Facts.SelectMany(f => f.Reports)
            .Concat(r.Candidates.Select(c => c.Claim).OfType<Claim>().Distinct());
        Assert.Equal(w.Claims.Where(c => c.Kind is ClaimKind.Pledge or ClaimKind.Delivery or ClaimKind.Request).Select(c => c.Id).Order(),
            reports.Select(c => c.Id).Order());
    });

    [Fact]
    public void Facts_of_a_kind_have_numbers_of_their_own() => ForAll(Edited, w =>
    {
        var r = w.Resolve();
        foreach (var facts in new IEnumerable<Fact>[] { r.Requests, r.Commitments, r.Deliveries })
            Assert.Equal(facts.Count(), facts.DistinctBy(f => f.Id).Count());
    });

    [Fact]
    public void Claims_that_share_no_token_can_be_resolved_separately() => ForAll(Edited, (w, options) =>
    {
        AssertEqualApart(w.Resolve(), [.. ConnectedSets(w).Select(claims => Resolution.From(claims, World.Items, w.Decisions))], options);
    });

    [Fact]
    public void Slices_can_be_computed_separately() => ForAll(Edited, (w, options) =>
    {
        var resolution = w.Resolve();
        AssertEqualApart(resolution, resolution.Slices(), options);
        var subjects = resolution.Slices().SelectMany(s => Balance.States(s, options).All
            .Select(f => (f.Kind, f.Donors, f.Recipient, f.Items, f.Unit)).Distinct());
        Assert.Distinct(subjects);
    });

    [Fact]
    public void The_supply_to_a_request_over_time_is_that_of_each_day() => ForAll(Edited, w =>
    {
        var resolution = w.Resolve();
        DateOnly[] days = [DateOnly.MinValue, .. Balance.Breakpoints(resolution, DateOnly.MinValue)];
        var onDays = days.Select(day => Balance.States(resolution, new EvaluationOptions(day))).ToList();
        var supplies = onDays.SelectMany((states, i) => Supply.From(states.All).Select(s => (s, days[i], i + 1 < days.Length ? days[i + 1] : (DateOnly?)null)))
            .ToLookup(s => (s.s.Recipient, s.s.Unit));
        foreach (var (states, day) in onDays.Zip(days))
            foreach (var request in states.Requests)
            {
                var met = Supply.Met(request.Begins, request.Ends, request.Items, supplies[(request.Recipient, request.Unit)], World.Items);
                Assert.Equal(request.Met, met.Last(m => m.From <= day).Met);
            }
    });

    static void AssertEqualApart(Resolution together, IReadOnlyList<Resolution> parts, EvaluationOptions options)
    {
        var given = parts.Select(part => Supply.From(Balance.States(part, options).All).ToList()).ToList();
        var apart = parts.Select((part, i) => Balance.States(part, options, given.Where((_, j) => j != i).SelectMany(g => g)));
        string[] Facts(IEnumerable<FactStates> all) => [.. all.SelectMany(s => Describe(s).Split('\n')).Where(line => line.Length > 0)
            .Order(StringComparer.Ordinal)];
        Assert.Equal(Facts([Balance.States(together, options)]), Facts(apart));
    }

    // Splits the claims into sets that share tokens or are named by one decision. Tokens of their facts connect sets too.
    static List<List<Claim>> ConnectedSets(World w)
    {
        var sets = w.Claims.Select(c => (Claims: new List<Claim> { c }, Tokens: Resolution.TokensOf(c, World.Items)
            .Concat(w.Decisions.Where(d => Names(d) is var (a, b) && (c.FirstEditionId == a || c.FirstEditionId == b)).Select(d => $"decision {d.Id}"))
                .ToHashSet())).ToList();
        for (; ; )
        {
            for (var i = 0; i < sets.Count; i++)
                while (sets.FindIndex(i + 1, s => s.Tokens.Overlaps(sets[i].Tokens)) is >= 0 and var other)
                {
                    sets[i].Claims.AddRange(sets[other].Claims);
                    sets[i].Tokens.UnionWith(sets[other].Tokens);
                    sets.RemoveAt(other);
                    i = 0;
                }
            var before = sets.Sum(s => s.Tokens.Count);
            foreach (var (claims, tokens) in sets)
                if (Resolution.From(claims, World.Items, w.Decisions) is var r)
                    tokens.UnionWith(r.Facts.SelectMany(f => Resolution.TokensOf(f, World.Items)));
            if (sets.Sum(s => s.Tokens.Count) == before) return [.. sets.Select(s => s.Claims)];
        }

        static (long A, long B) Names(Decision decision) => decision switch
        {
            Decision.Merge(_, var a, var b) => (a, b),
            Decision.Split(_, var a, var b) => (a, b),
            Decision.Link(_, var a, var b) => (a, b),
            Decision.Unlink(_, var a, var b) => (a, b),
            _ => throw new InvalidOperationException(),
        };
    }

    [Fact]
    public void In_a_row_low_is_never_above_high() =>
        Gen.Select(Edited, Evaluations, Gen.Int[0, 63]).Sample((w, options, groups) =>
        {
            foreach (var m in w.Rows(options, (Grouping)groups).Select(r => r.Measures))
            {
                foreach (var i in All(m)) Assert.True(i is { Low: >= 0 } && !(i.Value.High < i.Value.Low), World.Short(m));
                if (m.FulfilmentRate() is { } rate) Assert.True(0 <= rate.Low && rate.Low <= rate.High && rate.High <= 1);
            }
        }, iter: Count, print: x => Describe(x.Item1));

    [Fact]
    public void Without_cumulative_totals_only_unpledged_and_credited_can_have_low_above_high_in_a_fact() => ForAll(Edited, (w, options) =>
    {
        if (w.Claims.Any(c => c.Basis == QuantityBasis.Cumulative)) return;
        foreach (var s in w.At(options).All)
            foreach (var i in All(s.Measures with { Unpledged = null, Credited = null }).OfType<Interval>())
                Assert.True(i.Low >= 0 && !(i.High < i.Low), $"{s.Kind} {s.FactId} {World.Short(s.Measures)}");
    });

    [Fact]
    public void The_rows_of_every_grouping_add_up_to_the_total() => ForAll(Edited, (w, options) =>
    {
        var facts = w.At(options).All.ToList();
        foreach (var total in Balance.Rows(facts, Grouping.None, World.Items, options.AsOf))
            for (var groups = 0; groups < 64; groups++)
            {
                var rows = Balance.Rows(facts, (Grouping)groups, World.Items, options.AsOf).Where(r => r.Key.Unit == total.Key.Unit).ToList();
                Assert.Equal(total.Claims, rows.Sum(r => r.Claims));
                var sum = rows.Select(r => r.Measures).Aggregate(Measures.Zero, (a, b) => a + b);
                Assert.Equal(Counts(total.Measures), Counts(sum));
                // An unexplained remainder can make low exceed high in a row. Such rows, shown in order, may add up to a wider interval than the total.
                var crossed = w.Claims.Any(c => c.Basis == QuantityBasis.Cumulative);
                foreach (var (one, all) in All(total.Measures).Zip(All(sum)))
                    Assert.True(one == all || crossed && Holds(all!.Value, one!.Value),
                        $"{(Grouping)groups}: {World.Short(total.Measures)} is not {World.Short(sum)}");
            }
    });

    static bool Holds(Interval wide, Interval narrow) => wide.Low <= narrow.Low && !(wide.High < (narrow.High ?? decimal.MaxValue));

    static (int, int, int, int, int, int, int, int, int) Counts(Measures m) =>
        (m.Commitments, m.Deliveries, m.Requests, m.Unquantified, m.Conditional, m.OnHold, m.Disputed, m.Conflicts, m.PossibleOverlap);

    [Fact]
    public void Each_cell_is_the_sum_of_the_facts_behind_it() => ForAll(Edited, (w, options) =>
    {
        foreach (var row in w.Rows(options, Grouping.Donor | Grouping.Item))
        {
            var sum = row.Facts.Select(s => s.Measures).Aggregate(Measures.Zero, (a, b) => a + b);
            Assert.Equal(Counts(row.Measures), Counts(sum));
            foreach (var (cell, terms) in All(row.Measures).Zip(All(sum))) Assert.Equal(cell, terms!.Value.InOrder());
            Assert.Equal(row.Claims, row.Facts.SelectMany(s => s.Claims).Distinct().Count());
        }
    });

    [Fact]
    public void Every_delivered_number_is_linked_or_unpledged() => ForAll(Edited, (w, options) =>
    {
        var s = w.At(options);
        var delivered = s.Deliveries.Select(d => d.Measures.Delivered).OfType<Interval>().Aggregate(Interval.Zero, (a, b) => a + b);
        var given = s.Commitments.Select(c => c.Delivered).Concat(s.Deliveries.Select(d => d.Measures.Unpledged).OfType<Interval>())
            .Aggregate(Interval.Zero, (a, b) => a + b);
        Assert.Equal(delivered.Low, given.Low);
        if (delivered.High is { } high) Assert.Equal(high, given.High);
    });

    [Fact]
    public void Links_and_stages_never_change_what_is_committed() => ForAll(Edited, (w, options) =>
    {
        var one = w.At(new EvaluationOptions(options.AsOf)).Commitments.Select(c => (c.FactId, c.Current, c.Cancelled));
        Assert.Equal(one, w.At(options).Commitments.Select(c => (c.FactId, c.Current, c.Cancelled)));
    });

    [Fact]
    public void A_certain_delivery_stays_certain_unless_a_claim_reports_a_rejection() => ForAll(Edited, w =>
    {
        if (w.Claims.Any(c => c.Stage == Stage.Rejected)) return;
        // Of two totals such as "hawk or tank" and "air defence", neither is a part of the other. A later total of hawks may belong to both, and lowers both.
        var totals = w.Claims.Where(c => c.Basis == QuantityBasis.Cumulative).Select(c => c.Items).ToList();
        if (totals.Any(a => totals.Any(b => OverlapInPart(a, b)))) return;
        foreach (var stage in new[] { Stage.Arrived, Stage.Dispatched })
        {
            var before = new Dictionary<string, decimal>();
            foreach (var day in Days)
                foreach (var row in w.Rows(day, stage: stage))
                {
                    var (unit, now) = (row.Key.Unit ?? "", row.Measures.Delivered!.Value.Low);
                    Assert.True(now >= before.GetValueOrDefault(unit), $"{day}: {now} {unit}, before {before.GetValueOrDefault(unit)}");
                    before[unit] = now;
                }
        }
    });

    static bool OverlapInPart(CodeSet a, CodeSet b)
    {
        var (ofA, ofB) = (Under(a), Under(b));
        return ofA.Overlaps(ofB) && !ofA.IsSubsetOf(ofB) && !ofB.IsSubsetOf(ofA);

        static HashSet<string> Under(CodeSet set) => [.. set.Codes.SelectMany(World.Items.Under)];
    }

    [Fact]
    public void Between_two_breakpoints_nothing_changes() => ForAll(Edited, w =>
    {
        var resolution = w.Resolve();
        var breaks = Balance.Breakpoints(resolution, new(2023, 12, 1)).ToHashSet();
        string? before = null;
        for (var day = new DateOnly(2023, 12, 1); day < new DateOnly(2024, 7, 1); day = day.AddDays(1))
        {
            var states = Balance.States(resolution, new(day));
            var now = Describe(states) + string.Join('\n', Balance.Rows(states.All, Grouping.None, World.Items, day)
                .Select(r => $"{r.Key.Unit} {r.Claims} {r.Publishers} {r.LastStatedOn}"));
            if (!breaks.Contains(day) && before is not null) Assert.Equal(before, now);
            before = now;
        }
    }, times: Math.Max(4, Count / 10));

    [Fact]
    public void A_second_outlet_that_repeats_every_claim_changes_no_number() => ForAll(FarApart, w =>
    {
        var twice = new World();
        foreach (var claim in w.Claims) twice.Add(claim);
        foreach (var claim in w.Claims)
            twice.Add(claim with { Article = new() { Id = claim.Id + 100, Name = "again-" + claim.Article.Name, Publisher = claim.Article.Publisher } });
        foreach (var day in new[] { "2021-06-01", "2022-06-01", "2023-06-01", "2030-01-01" })
            Assert.Equal(w.Rows(day).Select(Numbers), twice.Rows(day).Select(Numbers));

        static string Numbers(BalanceRow row) => $"{row.Key.Unit} {World.Short(row.Measures)} {Counts(row.Measures)}";
    });

    // Histories whose claims are 100 days apart, each from an outlet of its own, so that corroboration merges none of them.
    static readonly Gen<World> FarApart = Unedited.Select(w =>
    {
        var apart = new World();
        foreach (var claim in w.Claims)
        {
            var day = FuzzyDate.On(new DateOnly(2020, 1, 1).AddDays(100 * apart.Claims.Count));
            var outlet = new Article { Id = claim.Id, Name = $"outlet-{claim.Id:000}" };
            apart.Add(claim with { Article = outlet, Stated = day, Happened = claim.Happened is null ? null : day });
        }
        return apart;
    });
}
