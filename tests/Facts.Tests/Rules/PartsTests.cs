namespace Facts.Tests.Rules;

/// <summary>Commitments that are part of larger ones.</summary>
public sealed class PartsTests
{
    [Fact]
    public void Cancelling_a_part_shrinks_the_whole()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "whole", donors: "NATO");
        w.Pledge("2024-02-01", "2", key: "part", donors: "DEU", partOf: "whole");
        w.Cancel("2024-03-01", "part", "1");
        Assert.Equal("orig 5 P 4 X 1 O 4", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_delivery_beyond_the_residual_of_the_whole_goes_to_its_parts()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "whole", donors: "NATO");
        w.Pledge("2024-02-01", "2", key: "late", donors: "DEU", partOf: "whole", due: "2025");
        w.Pledge("2024-02-01", "2", key: "soon", donors: "NLD", partOf: "whole", due: "2024");
        w.Arrives("2024-03-01", "4", key: "whole", donors: "NATO");
        Assert.Equal([("whole", 1), ("late", 1), ("soon", 2)], w.At("2024-03-01").Commitments.Select(c => (c.Key!, (int)c.Delivered.Low)));
        w.Arrives("2024-04-01", "3", key: "whole", donors: "NATO");
        Assert.Equal("orig 5 P 5 D 7 C 5 S 2", w.Sum("2024-04-01"));
    }

    [Fact]
    public void A_cancelled_whole_keeps_its_deliveries_and_its_parts()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "whole", donors: "NATO");
        w.Pledge("2024-02-01", "2", key: "part", donors: "DEU", partOf: "whole");
        w.Arrives("2024-03-01", "2", key: "whole", donors: "NATO");
        w.Cancel("2024-04-01", "whole");
        Assert.Equal("orig 5 P 4 X 1 D 2 C 2 O 2", w.Sum("2024-04-01"));
    }

    [Fact]
    public void A_whole_is_fulfilled_only_when_its_parts_are()
    {
        var w = new World();
        w.Pledge("2024-01-01", "2", key: "whole", donors: "NATO");
        w.Pledge("2024-02-01", "2", key: "part", donors: "DEU", partOf: "whole");
        CommitmentStatus Whole(string day) => w.At(day).Commitments.Single(c => c.Key == "whole").Status;
        Assert.Equal(CommitmentStatus.Open, Whole("2024-02-02"));
        w.Arrives("2024-03-01", "1", key: "part");
        Assert.Equal(CommitmentStatus.Partial, Whole("2024-03-02"));
        w.Arrives("2024-04-01", "1", key: "part");
        Assert.Equal(CommitmentStatus.Fulfilled, Whole("2024-04-02"));
    }

    [Fact]
    public void A_part_of_that_would_close_a_cycle_is_ignored()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "a", donors: "NATO", partOf: "b");
        w.Pledge("2024-02-01", "7", key: "b", donors: "DEU", partOf: "a");
        Assert.Equal("orig 7 P 7 O 7", w.Sum("2024-04-01"));
    }

    [Fact]
    public void A_whole_counts_with_its_residual()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5..8", key: "whole", donors: "NATO");
        w.Pledge("2024-02-01", "2..3", key: "a", donors: "DEU", partOf: "whole");
        w.Pledge("2024-02-01", "1", key: "b", donors: "NLD", partOf: "whole");
        w.Amend("2024-03-01", "a", "1");
        var whole = w.At("2024-02-01").Commitments.Single(c => c.Key == "whole");
        Assert.Equal(("1..5", "1..5"), (World.Show(whole.Original!.Value), World.Show(whole.Current!.Value)));
        whole = w.At("2024-03-01").Commitments.Single(c => c.Key == "whole");
        Assert.Equal(("1..5", "0..4"), (World.Show(whole.Original!.Value), World.Show(whole.Current!.Value)));
    }

    [Theory]
    [InlineData("6", "orig 6 P 6 O 6 conflicts 1")]
    [InlineData("5", "orig 5 P 5 O 5")]
    [InlineData("4..7", "orig 4..8 P 4..8 O 4..8")]
    public void Parts_that_are_more_than_the_whole_are_a_conflict(string part, string expected)
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "whole", donors: "NATO");
        w.Pledge("2024-02-01", part, key: "a", donors: "DEU", partOf: "whole");
        Assert.Equal(expected, w.Sum("2024-03-01"));
    }

    [Fact]
    public void Parts_that_are_intents_of_another_unit_or_without_a_number_take_nothing_away()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "whole", donors: "NATO");
        w.Pledge("2024-02-01", "2", donors: "DEU", partOf: "whole", firmness: Firmness.Intent);
        w.Pledge("2024-02-01", "2", donors: "NLD", partOf: "whole", unit: "missile");
        w.Pledge("2024-02-01", null, donors: "ROU", partOf: "whole");
        Assert.Equal(5, w.At("2024-03-01").Commitments.Single(c => c.Key == "whole").Current!.Value.Low);
    }

    [Fact]
    public void Automatic_links_fill_what_the_parts_leave()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "whole");
        w.Pledge("2024-02-01", "2", key: "part", donors: "NLD", partOf: "whole");
        w.Arrives("2024-03-01", "4");
        Assert.Equal("orig 5 P 5 D 4 C 3 U 1 O 2", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_part_of_a_part_is_taken_out_once()
    {
        var w = new World();
        w.Pledge("2024-01-01", "9", key: "whole", donors: "NATO");
        w.Pledge("2024-02-01", "4", key: "part", donors: "EU", partOf: "whole");
        w.Pledge("2024-03-01", "1", key: "small", donors: "DEU", partOf: "part");
        Assert.Equal([("whole", 5), ("part", 3), ("small", 1)], w.At("2024-03-01").Commitments.Select(c => (c.Key!, (int)c.Current!.Value.Low)));
    }

    [Fact]
    public void A_part_takes_out_of_the_whole_from_its_own_day_on()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "whole", donors: "NATO");
        w.Pledge("2024-02", "2", key: "part", donors: "DEU", partOf: "whole");
        string On(string day) => string.Join(' ', w.At(day).Commitments.Select(c => World.Show(c.Current!.Value)));
        Assert.Equal(["5", "3..5 0..2", "3 2"], new[] { "2024-01-31", "2024-02-15", "2024-02-29" }.Select(On));
    }
}
