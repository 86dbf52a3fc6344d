namespace Facts.Tests.Rules;

/// <summary>Pledges of basis remaining: two more "still to come".</summary>
public sealed class RemainingTests
{
    [Fact]
    public void A_remainder_that_fits_two_commitments_adds_nothing_and_is_for_review()
    {
        var w = new World();
        w.Pledge("2023-01-01", "2", key: "a", publisher: "List");
        w.Pledge("2023-06-01", "2", key: "b", publisher: "List");
        w.Pledge("2024-01-01", "2", basis: QuantityBasis.Remaining);
        Assert.Equal("orig 4 P 4 O 4 overlap 2", w.Sum("2024-03-01"));
        Assert.Equal("orig 4 P 4 O 4", w.Sum("2023-12-31"));
        Assert.Equal(CandidateReason.Remaining, Assert.Single(w.Resolve().Candidates).Reason);
    }

    [Fact]
    public void A_remainder_that_fits_nothing_makes_a_commitment()
    {
        var w = new World();
        w.Pledge("2024-01-01", "2", basis: QuantityBasis.Remaining);
        w.Pledge("2024-03-01", "2", basis: QuantityBasis.Remaining);
        Assert.Equal("orig 2 P 2 O 2", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_keyed_remainder_never_competes_for_the_number()
    {
        var w = new World();
        w.Pledge("2024-01-01", "4", key: "c");
        w.Pledge("2024-03-01", "2", key: "c", basis: QuantityBasis.Remaining, due: "2024-06");
        w.Pledge("2024-03-02", "2", key: "c", basis: QuantityBasis.Remaining, due: "2024-06");
        Assert.Equal("orig 4 P 4 O 4 late 4 lateorig 4", w.Sum("2024-07-01"));
    }

    [Fact]
    public void A_remainder_fits_a_commitment_of_which_that_much_may_be_outstanding()
    {
        var w = new World();
        w.Pledge("2023-01-01", "4..6", article: "x");
        w.Pledge("2023-06-01", "9", article: "x");
        w.Pledge("2024-01-01", "5", basis: QuantityBasis.Remaining, due: "2024-06");
        Assert.Equal("orig 13..15 P 13..15 O 13..15", w.Sum("2024-03-01"));
        Assert.Equal(["2024-06", null], w.At("2024-03-01").Commitments.Select(c => c.Due?.Text));
    }

    [Theory]
    [InlineData("DEU+NLD", "iris-t", "system")]
    [InlineData("DEU", "air-defence", "system")]
    [InlineData("DEU", "iris-t", "missile")]
    public void A_remainder_with_other_attributes_is_a_commitment_of_its_own(string donors, string items, string unit)
    {
        var w = new World();
        w.Pledge("2023-01-01", "2");
        w.Pledge("2024-01-01", "2", donors: donors, items: items, unit: unit, basis: QuantityBasis.Remaining);
        Assert.Equal(2, w.At("2024-03-01").Commitments.Count);
    }

    [Fact]
    public void A_commitment_delivered_in_full_is_not_open_at_the_end_of_that_day()
    {
        var w = new World();
        w.Pledge("2023-01-01", "2");
        w.Arrives("2024-01-01", "2");
        w.Pledge("2024-01-01", "2", basis: QuantityBasis.Remaining);
        Assert.Equal("orig 4 P 4 D 2 C 2 O 2", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_dispatched_delivery_is_still_outstanding()
    {
        var w = new World();
        w.Pledge("2023-01-01", "2");
        w.Arrives("2023-12-01", "2", stage: Stage.Dispatched);
        w.Pledge("2024-01-01", "2", basis: QuantityBasis.Remaining);
        Assert.Equal("orig 2 P 2 D 2 C 2", w.Sum("2024-03-01", Stage.Dispatched));
    }

    [Fact]
    public void Remainders_are_taken_in_order_of_their_stated_days()
    {
        var w = new World();
        w.Pledge("2024-05-01", "1", basis: QuantityBasis.Remaining);
        w.Pledge("2024-02-01", "3", basis: QuantityBasis.Remaining);
        w.Arrives("2024-03-01", "2");
        // The earlier claim makes the commitment. The later claim reports what is left of it.
        Assert.Equal("orig 3 P 3 D 2 C 2 O 1", w.Sum("2024-06-01"));
    }

    [Fact]
    public void A_remainder_sets_the_deadline_only_if_no_other_pledge_does()
    {
        var w = new World();
        w.Pledge("2023-01-01", "2", due: "2023-12");
        w.Pledge("2024-01-01", "2", basis: QuantityBasis.Remaining, due: "2024-06");
        Assert.Equal("2023-12", w.At("2024-03-01").Commitments[0].Due?.Text);
    }

    [Fact]
    public void A_remainder_does_not_make_a_contract_less_binding()
    {
        var w = new World();
        w.Pledge("2023-01-01", "2", firmness: Firmness.Committed);
        w.Pledge("2024-01-01", "2", basis: QuantityBasis.Remaining);
        Assert.Equal(Firmness.Committed, w.At("2024-03-01").Commitments[0].Firmness);
    }
}
