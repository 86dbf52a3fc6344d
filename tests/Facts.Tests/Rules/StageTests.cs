namespace Facts.Tests.Rules;

/// <summary>Stages of deliveries.</summary>
public sealed class StageTests
{
    [Fact]
    public void A_delivery_counts_from_the_earliest_day_it_had_reached_the_stage()
    {
        var w = new World();
        w.Arrives("2024-02-01", "4", delivery: "d", stage: Stage.Dispatched);
        w.Arrives("2024-03-01", "3", delivery: "d", stage: Stage.Accepted);
        Assert.Equal("D 3 U 3 conflicts 1", w.Sum("2024-02-15", Stage.Dispatched));
        Assert.False(w.At("2024-02-15").Deliveries[0].Counts);
        Assert.Equal("D 3 U 3", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_rejection_without_a_number_takes_out_all_of_it_and_of_earlier_totals()
    {
        var w = new World();
        w.Arrives("2024-02-01", "10", delivery: "d");
        w.SoFar("2024-02-10", "12");
        w.Arrives("2024-03-01", "2", delivery: "d", stage: Stage.Rejected);
        Assert.Equal("D 12 U 12", w.Sum("2024-02-20"));
        Assert.Equal("D 10 U 10", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_stage_counts_for_every_stage_before_it()
    {
        var w = new World();
        w.Arrives("2024-02-01", "4", stage: Stage.Operational);
        foreach (var stage in new[] { Stage.Announced, Stage.Dispatched, Stage.Arrived, Stage.Accepted, Stage.Operational })
            Assert.Equal("D 4 U 4", w.Sum("2024-02-01", stage));
        w.Arrives("2024-02-01", "3", donors: "ROU", stage: Stage.Announced);
        Assert.Equal("D 4 U 4", w.Sum("2024-02-01", Stage.Dispatched));
        Assert.Equal("D 7 U 7", w.Sum("2024-02-01", Stage.Announced));
    }

    [Fact]
    public void The_number_comes_from_claims_of_the_minimum_stage_and_later_ones()
    {
        var w = new World();
        for (var i = 0; i < 3; i++) w.Arrives("2024-02-01", "4", delivery: "d", stage: Stage.Dispatched);
        w.Arrives("2024-03-01", "3", delivery: "d", stage: Stage.Arrived);
        Assert.Equal("D 3 U 3", w.Sum("2024-04-01"));
        Assert.Equal("D 4 U 4 conflicts 1", w.Sum("2024-04-01", Stage.Dispatched));
    }

    [Fact]
    public void A_delivery_below_the_minimum_stage_is_in_no_count()
    {
        var w = new World();
        w.Arrives("2024-02-01", "4", delivery: "d", stage: Stage.Dispatched);
        w.Add(ClaimKind.Assessment, "2024-02-02", delivery: "d", assessment: AssessmentKind.Denial);
        Assert.Empty(w.Rows("2024-02-15"));
        Assert.Equal("D 4 U 4 disputed 1", w.Sum("2024-02-15", Stage.Dispatched));
    }

    [Fact]
    public void The_stage_is_no_part_of_what_makes_reports_alike()
    {
        var w = new World();
        w.Arrives("2024-02-01", "4", stage: Stage.Dispatched);
        w.Arrives("2024-02-03", "4", stage: Stage.Accepted);
        Assert.Equal("D 4 U 4", w.Sum("2024-04-01"));
        Assert.Equal("D 4 U 4", w.Sum("2024-02-01", Stage.Dispatched));
        Assert.Empty(w.Rows("2024-02-02"));
    }

    [Theory]
    [InlineData("2024-02-29", "D 10 U 10")]
    [InlineData("2024-03-15", "D 8..10 U 8..10")]
    [InlineData("2024-03-31", "D 8 U 8")]
    public void A_rejection_counts_from_its_date_on(string day, string expected)
    {
        var w = new World();
        w.Arrives("2024-02-01", "10", delivery: "d");
        w.Arrives("2024-03", "2", delivery: "d", stage: Stage.Rejected);
        Assert.Equal(expected, w.Sum(day));
    }

    [Fact]
    public void A_rejection_without_a_number_takes_out_the_whole_delivery()
    {
        var w = new World();
        w.Arrives("2024-02-01", "10", delivery: "d");
        w.Arrives("2024-03-01", null, delivery: "d", stage: Stage.Rejected);
        Assert.Equal("", w.Sum("2024-03-01"));
        Assert.Equal(0, w.Rows("2024-03-01")[0].Measures.Deliveries);
    }

    [Fact]
    public void Two_reports_of_one_rejection_are_one_and_a_later_one_is_another()
    {
        var w = new World();
        w.Arrives("2024-02-01", "10", delivery: "d");
        w.Arrives("2024-03-01", "2", delivery: "d", stage: Stage.Rejected);
        w.Arrives("2024-03-03", "2", delivery: "d", stage: Stage.Rejected);
        w.Arrives("2024-04-01", "2", delivery: "d", stage: Stage.Rejected);
        Assert.Equal("D 6 U 6", w.Sum("2024-04-01"));
    }

    [Fact]
    public void A_total_stated_after_a_rejection_is_without_it_already()
    {
        var w = new World();
        w.Arrives("2024-02-01", "10", delivery: "d");
        w.Arrives("2024-03-01", "2", delivery: "d", stage: Stage.Rejected);
        w.SoFar("2024-04-01", "12");
        Assert.Equal("D 12 U 12", w.Sum("2024-05-01"));
    }

    [Fact]
    public void A_rejection_of_a_delivery_after_a_total_leaves_the_total_alone()
    {
        var w = new World();
        w.SoFar("2024-02-01", "12");
        w.Arrives("2024-03-01", "5", delivery: "d");
        w.Arrives("2024-04-01", "2", delivery: "d", stage: Stage.Rejected);
        Assert.Equal("D 15 U 15", w.Sum("2024-05-01"));
    }

    [Theory]
    [InlineData("2..4", "2..4", "", 0)]
    [InlineData("2..4", null, "", 0)]
    [InlineData("2..4", "1", "D 1..3 U 1..3", 1)]
    [InlineData("3", "3", "", 0)]
    [InlineData(null, null, "", 0)]
    public void A_rejection_with_the_bounds_of_the_delivery_leaves_nothing_and_is_no_delivery(string? number, string? rejected, string sums, int deliveries)
    {
        var w = new World();
        w.Arrives("2024-02-01", number, delivery: "d");
        w.Arrives("2024-03-01", rejected, delivery: "d", stage: Stage.Rejected);
        Assert.Equal((sums, deliveries), w.Rows("2024-04-01").Single().Measures is var m ? (World.Short(m), m.Deliveries) : default);
        Assert.Equal(1, w.Rows("2024-02-20").Single().Measures.Deliveries);
    }
}
