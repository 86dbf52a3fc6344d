namespace Facts.Tests.Rules;

/// <summary>Unexplained remainders of cumulative totals.</summary>
public sealed class CumulativeTests
{
    [Fact]
    public void Deliveries_after_a_total_add_to_it_and_those_before_are_in_it()
    {
        var w = new World();
        w.Arrives("2024-01-10", "4");
        w.SoFar("2024-02-01", "10");
        w.Arrives("2024-03-01", "3");
        Assert.Equal("D 4 U 4", w.Sum("2024-01-31"));
        Assert.Equal("D 10 U 10", w.Sum("2024-02-01"));
        Assert.Equal("D 13 U 13", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_delivery_that_may_be_after_a_total_may_add_to_it()
    {
        var w = new World();
        w.Arrives("2024-02", "4");
        w.SoFar("2024-02-10", "10");
        Assert.Equal("D 10..14 U 10..14", w.Sum("2024-03-01"));
    }

    [Fact]
    public void The_total_of_a_set_of_items_holds_that_of_one_of_them_whatever_the_alphabet()
    {
        foreach (var (one, set) in new[] { ("hawk", "hawk|iris-t"), ("nasams", "hawk|nasams") })
        {
            var w = new World();
            w.SoFar("2024-01-29", "4", items: one);
            w.SoFar("2024-10-08", "7", items: set);
            Assert.Equal("D 7 U 7", w.Sum("2024-12-01"));
        }
    }

    [Theory]
    [InlineData("2024-04-20")]
    [InlineData("2024-05-05")]
    public void A_total_is_compared_with_every_total_that_certainly_is_earlier(string day)
    {
        var w = new World();
        w.SoFar("2024-02-29", "5");
        w.SoFar("2024-04-12", "4");
        w.SoFar("2024-04", "8..11");
        Assert.Equal(1, w.Rows(day)[0].Measures.Conflicts);
    }

    // 4 arrived in all by 15 August, of which 1 to 4 were known: the rest is unexplained, with low above high.
    static World UpsideDown()
    {
        var w = new World();
        w.Pledge("2024-07-13", "2", due: "2024-08-20");
        w.Arrives("../2024-04-08", "1..4");
        w.SoFar("2024-08-15", "4");
        return w;
    }

    [Fact]
    public void A_commitment_puts_the_ends_of_what_it_got_in_order_before_it_compares_them()
    {
        var state = Assert.Single(UpsideDown().At("2024-09-04").Commitments);
        Assert.Equal((new Interval(0, 2), new Interval(0, 2), CommitmentStatus.Partial), (state.Outstanding, state.Overdue, state.Status));

        var w = UpsideDown();
        w.Pledge("2024-09-01", "1", basis: QuantityBasis.Remaining);
        Assert.Single(w.At("2024-09-04").Commitments);
    }

    [Fact]
    public void What_commitments_got_is_put_in_order_for_each_before_it_is_summed()
    {
        var w = new World();
        w.Arrives("2024-04-12", "0..2");
        w.Pledge("2024-08-23", "3");
        w.SoFar("2024-09-10", "3");
        w.Pledge("2024-08-23", "3", donors: "ROU");
        w.Arrives("2024-09-20", "0..3", donors: "ROU");
        w.Ask("2024-01-01", "10");
        var row = w.Rows("2024-10-01").Single().Measures;
        Assert.Equal(new Interval(0, 5), row.Outstanding);
    }

    [Fact]
    public void A_total_of_a_class_holds_those_of_its_models()
    {
        var w = new World();
        w.SoFar("2024-02-01", "10", items: "air-defence");
        w.SoFar("2024-02-01", "4", items: "iris-t");
        Assert.Equal("D 10 U 10", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_later_total_of_a_model_may_or_may_not_be_in_that_of_its_class()
    {
        var w = new World();
        w.SoFar("2024-02-01", "10", items: "air-defence");
        w.SoFar("2024-03-01", "4", items: "iris-t");
        Assert.Equal("D 10..14 U 10..14", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_total_below_what_arrived_or_was_said_before_is_a_conflict()
    {
        var w = new World();
        w.Arrives("2024-01-10", "12");
        w.SoFar("2024-02-01", "10");
        Assert.Equal("D 12 U 12 conflicts 1", w.Sum("2024-03-01"));
        var v = new World();
        v.SoFar("2024-02-01", "10");
        v.SoFar("2024-03-01", "8");
        Assert.Equal("D 10 U 10 conflicts 1", v.Sum("2024-03-01"));
    }

    [Fact]
    public void A_total_for_a_commitment_covers_only_deliveries_that_name_it()
    {
        var w = new World();
        w.Pledge("2023-01-01", "20", key: "c");
        w.Arrives("2024-01-10", "4", key: "c", items: "hawk", donors: "ROU");
        w.Arrives("2024-01-20", "3");
        w.SoFar("2024-02-01", "10", key: "c");
        Assert.Equal("orig 20 P 20 D 13 C 13 O 7", w.Sum("2024-03-01"));
    }

    [Theory]
    [InlineData("2024-01-10")]
    [InlineData("2024-02-01")]
    [InlineData("2024-02")]
    [InlineData("2024-03-10")]
    public void A_delivery_without_a_number_is_no_more_than_what_a_total_for_its_commitment_leaves(string on)
    {
        var w = new World();
        w.Pledge("2023-01-01", "10", key: "c");
        w.Arrives(on, null, key: "c");
        w.SoFar("2024-02-01", "6", key: "c");
        Assert.Equal("orig 10 P 10 D 6..10 C 6..10 O 0..4 unquantified 1", w.Sum("2024-04-01"));
    }

    [Fact]
    public void Deliveries_without_a_number_between_totals_of_a_commitment_leave_the_largest_certain()
    {
        var w = new World();
        w.Pledge("2023-01-01", "10", key: "c");
        w.SoFar("2024-01-01", "3", key: "c");
        w.Arrives("2024-02-01", null, key: "c");
        w.SoFar("2024-03-01", "6", key: "c");
        w.Arrives("2024-04-01", null, key: "c", items: "iris-t-slm");
        w.SoFar("2024-05-01", "8", key: "c");
        Assert.Equal("orig 10 P 10 D 8..10 C 8..10 O 0..2 unquantified 2", w.Sum("2024-06-01"));
        w.SoFar("2024-07-01", "12", key: "c");
        Assert.Equal("orig 10 P 10 D 12 C 10 S 2 unquantified 2", w.Sum("2024-08-01"));
    }

    [Fact]
    public void A_delivery_without_a_number_is_in_a_total_of_its_items_too()
    {
        var w = new World();
        w.Pledge("2023-01-01", "10", key: "c");
        w.Arrives("2024-01-10", null, key: "c");
        w.SoFar("2024-02-01", "6");
        Assert.Equal("orig 10 P 10 D 6..10 C 6..10 O 0..4 unquantified 1", w.Sum("2024-04-01"));
    }

    [Fact]
    public void A_total_for_a_commitment_does_not_add_up_unlike_units()
    {
        var w = new World();
        w.Pledge("2023-01-01", "20", key: "c");
        w.Arrives("2024-01-10", "4", key: "c", unit: "missile");
        w.SoFar("2024-02-01", "10", key: "c");
        Assert.Equal(["D 4 U 4", "orig 20 P 20 D 10 C 10 O 10"], w.Rows("2024-03-01").Select(r => World.Short(r.Measures)));
    }

    [Fact]
    public void A_total_without_a_key_is_of_the_item_and_all_below_it_named_or_not()
    {
        var w = new World();
        w.Pledge("2023-01-01", "20", key: "c", items: "air-defence");
        w.Arrives("2024-01-10", "4", key: "c", items: "iris-t-slm");
        w.Arrives("2024-01-20", "1", items: "iris-t");
        w.Arrives("2024-01-20", "1", items: "hawk");
        w.Arrives("2024-01-20", "1", donors: "ROU");
        w.SoFar("2024-02-01", "10");
        Assert.Equal("orig 20 P 20 D 12 C 11 U 1 O 9", w.Sum("2024-03-01"));
    }

    [Fact]
    public void The_unexplained_remainder_is_a_delivery_of_the_item_and_day_of_the_claim()
    {
        var w = new World();
        w.Arrives("2024-01-10", "4", items: "iris-t-slm");
        w.SoFar("2024-02", "10");
        var rest = w.At("2024-03-01").Deliveries.Single(d => d.Unexplained);
        Assert.Equal(("iris-t", "2024-02", "6"), (rest.Items.AnyOf, rest.Happened.Text, World.Show(rest.Delivered!.Value)));
        Assert.Equal(2, w.Rows("2024-03-01")[0].Measures.Deliveries);
    }

    [Fact]
    public void The_low_of_a_remainder_may_exceed_its_high_and_a_row_shows_them_in_order()
    {
        var w = new World();
        w.Arrives("2024-01-10", "0..4", items: "iris-t-slm");
        w.SoFar("2024-02-01", "10");
        Assert.Equal("D 10 U 10", w.Sum("2024-03-01"));
        Assert.Equal(["D 6..10 U 6..10", "D 0..4 U 0..4"], w.Rows("2024-03-01", Grouping.Item).Select(r => World.Short(r.Measures)));
    }

    [Fact]
    public void Repeating_a_total_never_adds()
    {
        var w = new World();
        foreach (var day in new[] { "2024-02-01", "2024-02-02", "2024-03-01", "2024-05" }) w.SoFar(day, "10");
        Assert.Equal("D 10 U 10", w.Sum("2024-06-01"));
        Assert.Equal(1, w.Rows("2024-06-01")[0].Measures.Deliveries);
    }

    [Theory]
    [InlineData("2024-02-04", "orig 20 P 20 D 10 C 10 O 10")]
    [InlineData("2024-02-05", "orig 20 P 20 D 10 C 10 O 10")]
    public void A_total_that_repeats_a_total_of_a_commitment_adds_nothing(string on, string expected)
    {
        var w = new World();
        w.Pledge("2023-01-01", "20", key: "c");
        w.SoFar("2024-02-01", "10", key: "c");
        w.SoFar(on, "10");
        Assert.Equal(expected, w.Sum("2024-03-01"));
    }

    /// <summary>A certain number stays certain. Neither of the two totals counts on its own before the day of the other one.</summary>
    [Theory]
    [InlineData("2024-04-14", "D 2 U 2")]
    [InlineData("2024-04-15", "D 2 U 2")]
    [InlineData("2025-01-01", "D 2 U 2")]
    public void A_repeated_total_of_a_commitment_adds_nothing_on_any_day(string day, string expected)
    {
        var w = new World();
        w.Arrives("../2024-03-03", "2", key: "c", items: "hawk");
        w.SoFar("2024-04-15", "2", items: "nasams");
        w.SoFar("2024-04-02/2024-12-31", "2", key: "c", items: "nasams");
        Assert.Equal(expected, w.Sum(day));
    }

    [Fact]
    public void Scopes_are_taken_from_the_narrowest_to_the_widest()
    {
        var w = new World();
        w.Pledge("2023-01-01", "20", key: "c", items: "iris-t-slm");
        w.SoFar("2024-02-01", "2", key: "c", items: "iris-t-slm");
        w.SoFar("2024-02-01", "5", items: "iris-t-slm");
        w.SoFar("2024-02-01", "9", items: "iris-t");
        w.SoFar("2024-02-01", "11", items: "air-defence");
        Assert.Equal(["air-defence 2", "iris-t 4", "iris-t-slm 3", "iris-t-slm 2"],
            w.At("2024-03-01").Deliveries.OrderBy(d => d.Items).ThenByDescending(d => d.Delivered!.Value.Low)
                .Select(d => $"{d.Items.AnyOf} {World.Show(d.Delivered!.Value)}"));
    }

    [Theory]
    [InlineData("2024-01-31", "D 4 U 4")]
    [InlineData("2024-02-01", "D 4..10 U 4..10")]
    [InlineData("2024-02-29", "D 10 U 10")]
    public void Before_its_date_is_over_a_total_is_only_possible(string day, string expected)
    {
        var w = new World();
        w.Arrives("2024-01-10", "4");
        w.SoFar("2024-02", "10");
        Assert.Equal(expected, w.Sum(day));
    }
}
