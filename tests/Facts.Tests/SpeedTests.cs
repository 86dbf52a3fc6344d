namespace Facts.Tests;

/// <summary>What would show first if a step took all pairs.</summary>
public sealed class SpeedTests
{
    [Fact]
    public void Thousands_of_like_facts_take_no_long_time()
    {
        var w = new World();
        for (var i = 0; i < 1000; i++)
        {
            var day = new DateOnly(2020, 1, 1).AddDays(i).ToString("yyyy-MM-dd");
            w.Pledge(day, (1 + i % 7).ToString(), key: "p" + i);
            w.Arrives(day, (1 + i % 5).ToString(), article: "data");
            if (i % 40 == 0) w.Cancel(day, "p" + i / 2);
            if (i % 100 == 0) w.SoFar(day, (i * 3).ToString(), items: "air-defence");
        }
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Single(w.Rows("2026-01-01"));
        Assert.True(watch.Elapsed.TotalSeconds < 20, watch.Elapsed.ToString());
    }

    [Fact]
    public void Thousands_that_may_all_be_one_take_no_long_time()
    {
        var w = new World();
        for (var i = 0; i < 4000; i++) w.Arrives(new DateOnly(2020, 1, 1).AddDays(i % 100).ToString("yyyy-MM-dd"), "5", delivery: "d" + i);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(4000, Assert.Single(w.Rows("2026-01-01")).Measures.PossibleOverlap);
        Assert.True(watch.Elapsed.TotalSeconds < 20, watch.Elapsed.ToString());
    }
}
