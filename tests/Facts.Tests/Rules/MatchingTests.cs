namespace Facts.Tests.Rules;

/// <summary>Links between deliveries and commitments.</summary>
public sealed class MatchingTests
{
    [Fact]
    public void A_delivery_to_a_key_that_no_pledge_names_is_unpledged()
    {
        var w = new World();
        w.Arrives("2024-02-01", "2", key: "c");
        w.Pledge("2024-01-01", "5");
        Assert.Equal("orig 5 P 5 D 2 U 2 O 5", w.Sum("2024-03-01"));
    }

    [Fact]
    public void Deliveries_go_to_the_nearest_item_then_the_earliest_deadline()
    {
        var w = new World();
        w.Pledge("2023-01-01", "2", items: "air-defence", key: "class");
        w.Pledge("2023-03-01", "2", items: "iris-t", key: "late", due: "2025");
        w.Pledge("2023-05-01", "2", items: "iris-t", key: "soon", due: "2024");
        w.Arrives("2024-02-01", "3", items: "iris-t-slm");
        Assert.Equal([("class", 0), ("late", 1), ("soon", 2)], w.At("2024-03-01").Commitments.Select(c => (c.Key!, (int)c.Delivered.Low)));
    }

    [Fact]
    public void A_class_that_arrives_does_not_fulfil_a_model_that_was_pledged()
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", items: "iris-t");
        w.Arrives("2024-02-01", "1", items: "air-defence");
        Assert.Equal("orig 3 P 3 D 1 U 1 O 3", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_delivery_before_a_pledge_does_not_fulfil_it()
    {
        var w = new World();
        w.Pledge("2024-03-01", "3");
        w.Arrives("2024-02-28", "1");
        Assert.Equal("orig 3 P 3 D 1 U 1 O 3 overlap 2", w.Sum("2024-03-01"));
    }

    [Fact]
    public void The_rest_of_a_delivery_is_unpledged_and_surplus_goes_to_no_other_commitment()
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", key: "a");
        w.Pledge("2024-01-02", "2", key: "b");
        w.Arrives("2024-02-01", "5", key: "a");
        w.Arrives("2024-02-02", "4");
        Assert.Equal("orig 5 P 5 D 9 C 5 S 2 U 2 overlap 4", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_delivery_to_a_commitment_without_a_number_is_only_delivered()
    {
        var w = new World();
        w.Pledge("2024-01-01", null, key: "a");
        w.Arrives("2024-02-01", "5", key: "a");
        Assert.Equal("D 5 unquantified 1", w.Sum("2024-03-01"));
    }

    [Fact]
    public void Unlike_units_are_not_linked_even_by_a_key()
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", key: "a");
        w.Arrives("2024-02-01", "5", key: "a", unit: "missile");
        Assert.Equal(["D 5 U 5", "orig 3 P 3 O 3"], w.Rows("2024-03-01").Select(r => World.Short(r.Measures)));
    }

    [Fact]
    public void A_delivery_goes_whole_to_the_commitment_it_names_whatever_its_donor_and_item()
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", key: "a");
        w.Pledge("2024-01-01", "9", donors: "ROU", items: "hawk");
        w.Arrives("2024-02-01", "5", key: "a", donors: "ROU", items: "hawk");
        var link = Assert.Single(w.At("2024-03-01").Links);
        Assert.Equal(("a", 5m, true), (link.Commitment.Key, link.Quantity.Low, link.Explicit));
        Assert.Equal("orig 12 P 12 D 5 C 3 S 2 O 9", w.Sum("2024-03-01", links: LinkPolicy.Explicit));
    }

    [Fact]
    public void A_delivery_that_names_a_pledge_is_unpledged_until_the_pledge_is_stated()
    {
        var w = new World();
        w.Pledge("2024-03-01", "3", key: "a");
        w.Pledge("2024-01-01", "9", donors: "DEU");
        w.Arrives("2024-02-01", "2", key: "a");
        Assert.Equal("orig 9 P 9 D 2 U 2 O 9", w.Sum("2024-02-29"));
        Assert.Equal("orig 12 P 12 D 2 C 2 O 10", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_delivery_to_an_intent_is_only_in_delivered()
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", key: "a", firmness: Firmness.Intent);
        w.Arrives("2024-02-01", "5", key: "a");
        Assert.Equal("I 3 D 5", w.Sum("2024-03-01"));
    }

    [Theory]
    [InlineData("ROU", "UKR", "iris-t", "system")]
    [InlineData("DEU+NLD", "UKR", "iris-t", "system")]
    [InlineData("DEU", "MDA", "iris-t", "system")]
    [InlineData("DEU", "UKR", "hawk", "system")]
    [InlineData("DEU", "UKR", "iris-t", "missile")]
    public void Without_a_key_only_equal_donors_recipient_and_unit_and_items_below_match(string donors, string recipient, string items, string unit)
    {
        var w = new World();
        w.Pledge("2024-01-01", "3");
        w.Add(ClaimKind.Delivery, "2024-02-01", "2", donors: donors, recipient: recipient, items: items, unit: unit);
        Assert.Empty(w.At("2024-03-01").Links);
    }

    [Theory]
    [InlineData("hawk|nasams", "hawk|nasams|iris-t", true)]
    [InlineData("hawk|nasams", "air-defence", true)]
    [InlineData("iris-t-slm|hawk", "iris-t|hawk", true)]
    [InlineData("hawk|tank", "air-defence", false)]
    [InlineData("hawk|nasams", "hawk", false)]
    public void Each_item_of_a_delivered_set_must_be_under_an_item_of_the_pledge(string came, string promised, bool linked)
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", items: promised);
        w.Arrives("2024-02-01", "2", items: came);
        Assert.Equal(linked ? 1 : 0, w.At("2024-03-01").Links.Count);
    }

    [Fact]
    public void A_delivery_is_matched_by_its_resolved_attributes_though_no_report_has_them_all()
    {
        var w = new World();
        w.Pledge("2024-01-05", "3");
        w.Add(ClaimKind.Delivery, "2024-02-01", "2", delivery: "d", recipient: "XXX");
        w.Add(ClaimKind.Delivery, "2024-02-01", "2", delivery: "d", donors: "DEU+NLD");

        Assert.Equal("orig 3 P 3 D 2 C 2 O 1 conflicts 1", w.Sum("2024-03-01"));
    }

    [Fact]
    public void Conditional_and_held_commitments_are_matched_but_intents_and_those_without_a_number_are_not()
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", firmness: Firmness.Intent);
        w.Pledge("2024-01-01", null, key: "some");
        w.Arrives("2024-02-01", "2");
        Assert.Equal("I 3 D 2 U 2 unquantified 1 overlap 2", w.Sum("2024-03-01"));
        var v = new World();
        v.Pledge("2024-01-01", "3", key: "a", condition: "if");
        v.Amend("2024-01-02", "a", hold: true);
        v.Arrives("2024-02-01", "2");
        Assert.Equal("orig 3 P 3 D 2 C 2 O 1 conditional 1 hold 1", v.Sum("2024-03-01"));
    }

    [Fact]
    public void A_pledge_that_may_be_earlier_than_the_delivery_may_be_fulfilled_by_it()
    {
        var w = new World();
        w.Pledge("2024-02", "3");
        w.Arrives("2024-02-10", "1");
        Assert.Equal("orig 3 P 3 D 1 C 1 O 2", w.Sum("2024-03-01"));
    }

    [Fact]
    public void Deliveries_are_allocated_by_last_day_then_first_day_then_items()
    {
        var w = new World();
        w.Pledge("2023-01-01", "4", items: "air-defence");
        w.Arrives("2024-02-10", "1", items: "iris-t", delivery: "fourth");
        w.Arrives("2024-02-09/2024-02-10", "1", items: "patriot", delivery: "third");
        w.Arrives("2024-02-09/2024-02-10", "1", items: "hawk", delivery: "second");
        w.Arrives("2024-02-08", "2", items: "iris-t", delivery: "first");
        Assert.Equal(["first 2", "second 1", "third 1"], w.At("2024-03-01").Links.Select(l => $"{l.Delivery.Key} {l.Quantity.Low}"));
    }

    [Fact]
    public void Commitments_are_filled_by_deadline_then_first_stated_day()
    {
        var w = new World();
        w.Pledge("2023-03-01", "1", key: "no deadline, earlier");
        w.Pledge("2023-04-01", "1", key: "no deadline, later");
        w.Pledge("2023-06-01", "1", key: "open end", due: "2024-01-01/..");
        w.Pledge("2023-08-01", "1", key: "soon", due: "2024-05");
        w.Arrives("2024-02-08", "4");
        string[] expected = ["soon", "open end", "no deadline, earlier", "no deadline, later"];
        for (var n = 1; n <= 4; n++)
        {
            var some = new World();
            foreach (var c in w.Claims.Where(c => c.Kind == ClaimKind.Pledge)) some.Pledge(c.Stated.Text, "1", key: c.CommitmentKey, due: c.Due?.Text);
            some.Arrives("2024-02-08", $"{n}");
            Assert.Equal(expected.Take(n).Order(), some.At("2024-03-01").Links.Select(l => l.Commitment.Key).Order());
        }
    }

    [Fact]
    public void Lows_and_highs_are_allocated_side_by_side_against_the_high()
    {
        var w = new World();
        w.Pledge("2023-01-01", "2..4", due: "2024-05", article: "x");
        w.Pledge("2023-06-01", "5", due: "2024-06", article: "x");
        w.Arrives("2024-02-01", "3..6");
        Assert.Equal(["3..4", "0..2"], w.At("2024-03-01").Links.OrderBy(l => l.Commitment.Id).Select(l => World.Show(l.Quantity)));
    }

    [Fact]
    public void A_commitment_without_upper_bound_takes_everything()
    {
        var w = new World();
        w.Pledge("2023-01-01", "2..", due: "2024-05", article: "x");
        w.Pledge("2023-06-01", "5", due: "2024-06", article: "x");
        w.Arrives("2024-02-01", "30");
        Assert.Equal("orig 7.. P 7.. D 30 C 2..30 S 0..28 O 5..", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_delivery_of_some_may_be_anything_not_delivered_so_far()
    {
        var w = new World();
        w.Pledge("2024-01-01", "10", key: "a");
        w.Arrives("2024-02-01", "4", key: "a");
        w.Arrives("2024-03-01", null, key: "a");
        w.Arrives("2024-04-01", "3", key: "a");
        Assert.Equal("orig 10 P 10 D 4..10 C 4..10 O 0..6 unquantified 1", w.Sum("2024-03-01"));
        Assert.Equal("orig 10 P 10 D 7..13 C 7..10 S 0..3 O 0..3 unquantified 1", w.Sum("2024-04-01"));
    }

    [Fact]
    public void A_delivery_of_some_is_allocated_before_automatic_links()
    {
        var w = new World();
        w.Pledge("2024-01-01", "10", key: "a");
        w.Arrives("2024-02-01", "4");
        w.Arrives("2024-03-01", null, key: "a");
        Assert.Equal("orig 10 P 10 D 4..14 C 4..10 U 0..4 O 0..6 unquantified 1", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_delivery_of_some_without_a_key_is_only_counted()
    {
        var w = new World();
        w.Pledge("2024-01-01", "10", key: "a");
        w.Arrives("2024-02-01", null);
        Assert.Equal("orig 10 P 10 O 10 unquantified 1", w.Sum("2024-03-01"));
        Assert.Equal(1, w.Rows("2024-03-01")[0].Measures.Deliveries);
    }
}
