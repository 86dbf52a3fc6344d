namespace Facts.Tests;

/// <summary>
/// The work of the core grows with the number of facts, not with its square. Allocated bytes measure the work, since they do not depend on the machine.
/// Twice the facts may allocate three times the bytes at most; a step that allocates for all pairs of facts would allocate four times as many.
/// A loop that allocates nothing is not seen here; Facts.Benchmarks measures seconds.
/// </summary>
public sealed class SpeedTests
{
    [Fact]
    public void Twice_as_many_alike_facts_are_not_four_times_the_work()
    {
        AssertNotSquared(Facts, 500);

        static World Facts(int count)
        {
            var w = new World();
            for (var i = 0; i < count; i++)
            {
                var day = new DateOnly(2020, 1, 1).AddDays(i).ToString("yyyy-MM-dd");
                w.Pledge(day, (1 + i % 7).ToString(), key: "p" + i);
                w.Arrives(day, (1 + i % 5).ToString(), article: "data");
            }
            // A cancellation without a number looks at all facts of its day, so their number is fixed.
            foreach (var (day, key) in new[] { ("2020-03-01", "p20"), ("2020-12-01", "p200") }) w.Cancel(day, key);
            foreach (var day in new[] { "2020-04-10", "2021-01-01" }) w.SoFar(day, "300", items: "air-defence");
            return w;
        }
    }

    [Fact]
    public void A_computation_that_nobody_waits_for_any_more_ends()
    {
        var w = new World();
        w.Pledge("2024-01-01", "1", key: "a");

        Assert.Throws<OperationCanceledException>(() => Resolution.From(w.Claims, World.Items, w.Decisions, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Thousands_of_facts_that_may_all_be_one_make_twenty_pairs_each()
    {
        Assert.Equal(2000, Assert.Single(Deliveries(2000).Rows("2026-01-01")).Measures.PossibleOverlap);
        AssertNotSquared(Deliveries, 1000);

        static World Deliveries(int count)
        {
            var w = new World();
            for (var i = 0; i < count; i++) w.Arrives(new DateOnly(2020, 1, 1).AddDays(i % 100).ToString("yyyy-MM-dd"), "5", delivery: "d" + i);
            Assert.InRange(w.Resolve().Candidates.Count, count, count * (Candidates.MaxPairs + 1));
            return w;
        }
    }

    [Fact]
    public void A_fact_without_a_key_does_not_make_thousands_of_alike_keyed_facts_pass_by_one_another()
    {
        AssertNotSquared(Pledges, 500);

        static World Pledges(int count)
        {
            var w = new World();
            for (var i = 0; i < count; i++) w.Pledge("2024-05-02", "1", key: "row-" + i, publisher: "List");
            w.Pledge("2024-09-01", "2", publisher: "AP");
            return w;
        }
    }

    static void AssertNotSquared(Func<int, World> facts, int count)
    {
        var (once, twice) = (Allocated(facts(count)), Allocated(facts(2 * count)));
        Assert.True(twice < 3 * once, $"{count} facts allocate {once:N0} bytes, {2 * count} allocate {twice:N0}");
    }

    static long Allocated(World w)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Single(w.Rows("2026-01-01"));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
