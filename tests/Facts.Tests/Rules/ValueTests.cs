namespace Facts.Tests.Rules;

/// <summary>Value of a fact whose claims disagree.</summary>
public sealed class ValueTests
{
    [Fact]
    public void The_later_stated_of_two_values_wins_and_then_the_smaller()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "c");
        w.Pledge("2024-02-01", "7", key: "c");
        Assert.Equal("orig 5 P 5 O 5", w.Sum("2024-01-31"));
        Assert.Equal("orig 7 P 7 O 7 conflicts 1", w.Sum("2024-02-01"));
        w.Pledge("2024-02-01", "6", key: "c");
        Assert.Equal("orig 6 P 6 O 6 conflicts 1", w.Sum("2024-02-01"));
    }

    [Fact]
    public void One_publisher_counts_once_however_often_it_says_so()
    {
        var w = new World();
        for (var i = 0; i < 3; i++) w.Pledge("2024-01-01", "5", key: "c", publisher: i == 0 ? "Reuters" : "REUTERS");
        for (var i = 0; i < 2; i++) w.Pledge("2024-01-01", "7", key: "c");
        Assert.Equal("orig 7 P 7 O 7 conflicts 1", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_denial_disputes_its_fact_and_changes_no_number()
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", key: "c");
        w.Add(ClaimKind.Assessment, "2024-02-01", key: "c", assessment: AssessmentKind.Denial);
        Assert.Equal("orig 3 P 3 O 3", w.Sum("2024-01-31"));
        Assert.Equal("orig 3 P 3 O 3 disputed 1", w.Sum("2024-02-01"));
    }

    [Fact]
    public void A_number_beats_none_even_one_that_is_preferred()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "c");
        w.Pledge("2024-01-02", null, key: "c", rank: Rank.Preferred);
        w.Pledge("2024-01-03", null, key: "c");
        Assert.Equal("orig 5 P 5 O 5", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_preferred_rank_beats_any_number_of_publishers_and_these_a_later_day()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "c");
        w.Pledge("2024-01-01", "5", key: "c");
        w.Pledge("2024-02-01", "7", key: "c");
        Assert.Equal("orig 5 P 5 O 5 conflicts 1", w.Sum("2024-03-01"));
        w.Pledge("2023-12-01", "3", key: "c", rank: Rank.Preferred);
        Assert.Equal("orig 3 P 3 O 3 conflicts 1", w.Sum("2024-03-01"));
        Assert.Equal("3..7", World.Show(w.At("2024-03-01").Commitments[0].Envelope!.Value));
    }

    [Fact]
    public void The_latest_is_the_one_whose_last_day_is_latest()
    {
        var w = new World();
        w.Pledge("2024-01", "5", key: "c");
        w.Pledge("2024-01-20", "7", key: "c");
        Assert.Equal("orig 5 P 5 O 5 conflicts 1", w.Sum("2024-03-01"));
    }

    [Fact]
    public void One_rule_decides_the_deadline_the_firmness_the_whole_and_the_donors()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "whole", donors: "NATO");
        for (var i = 0; i < 2; i++)
            w.Pledge("2024-01-01", "5", key: "c", due: "2024-06", firmness: Firmness.Committed, partOf: "whole", donors: "ROU", items: "hawk");
        w.Pledge("2024-02-01", "5", key: "c", due: "2024-07", firmness: Firmness.Intent, partOf: "other");
        var c = w.At("2024-03-01").Commitments.Single(c => c.Key == "c");
        Assert.Equal(("2024-06", Firmness.Committed, "whole", "ROU", "hawk", true),
            (c.Due?.Text, c.Firmness, c.PartOf, c.Donors.Joint, c.Items.AnyOf, c.Conflict));
    }

    [Fact]
    public void A_commitment_uses_only_claims_stated_by_the_day()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "whole", donors: "NATO");
        w.Pledge("2024-01-01", "5", key: "c", due: "2024-06", firmness: Firmness.Intent);
        for (var i = 0; i < 2; i++) w.Pledge("2024-02-01", "7", key: "c", due: "2024-07", firmness: Firmness.Committed, partOf: "whole", condition: "if");
        string On(string day) => w.At(day).Commitments.Single(c => c.Key == "c") is var c
            ? $"{World.Show(c.Original!.Value)} {c.Due} {c.Firmness} {c.Condition} {c.PartOf} {c.Conflict}" : "";
        Assert.Equal("5 2024-06 Intent   False", On("2024-01-31"));
        Assert.Equal("7 2024-07 Committed if whole True", On("2024-02-01"));
    }

    [Fact]
    public void A_request_uses_only_claims_stated_by_the_day()
    {
        var w = new World();
        w.Add(ClaimKind.Request, "2024-01-01", "5", request: "r", donors: "", due: "2024-06");
        w.Add(ClaimKind.Request, "2024-02-01", "7", request: "r", donors: "", due: "2024-07");
        string On(string day) => Assert.Single(w.At(day).Requests) is var r ? $"{World.Show(r.Requested!.Value)} {r.Due} {r.Conflict}" : "";
        Assert.Empty(w.At("2023-12-31").Requests);
        Assert.Equal("5 2024-06 False", On("2024-01-31"));
        Assert.Equal("7 2024-07 True", On("2024-02-01"));
    }

    [Fact]
    public void A_delivery_uses_all_its_claims_even_later_ones()
    {
        var w = new World();
        w.Add(ClaimKind.Delivery, "2024-01-01", "5", delivery: "d", stated: "2024-01-01");
        w.Add(ClaimKind.Delivery, "2024-01-01", "7", delivery: "d", stated: "2024-09-01");
        Assert.Equal("D 7 U 7 conflicts 1", w.Sum("2024-02-01"));
        Assert.Equal(1, w.Rows("2024-02-01")[0].Claims);
    }

    [Fact]
    public void A_commitment_was_stated_when_its_earliest_claim_says()
    {
        var w = new World();
        w.Pledge("2024-01-04", "5");
        w.Pledge("2024-01-02", "5");
        Assert.Empty(w.At("2024-01-01").Commitments);
        Assert.Equal("2024-01-02", Assert.Single(w.At("2024-01-02").Commitments).Stated.Text);
    }

    [Theory]
    [InlineData("2024-10", "2024-10-03", "2024-10-03", false)]
    [InlineData("2024-10", "../2024-10-03", "2024-10-01/2024-10-03", false)]
    [InlineData("2024-10-02/2024-10-09", "2024-10-05/2024-10-12", "2024-10-05/2024-10-09", false)]
    [InlineData("../2024-10-03", "../2024-10-05", "../2024-10-03", false)]
    [InlineData("2024-10-03", "2024-10-05", "2024-10-03", true)]
    public void A_delivery_happened_within_the_days_that_all_its_claims_allow(string one, string other, string on, bool conflict)
    {
        var w = new World();
        w.Arrives(one, "1");
        w.Arrives(other, "1");
        var delivery = Assert.Single(w.At("2024-12-31").Deliveries);
        Assert.Equal((on, conflict), (delivery.Happened.Text, delivery.Conflict));
    }

    [Theory]
    [InlineData(AssessmentKind.Forecast)]
    [InlineData(AssessmentKind.Delay)]
    [InlineData(AssessmentKind.Ratio)]
    [InlineData(AssessmentKind.Other)]
    public void Any_other_assessment_is_evidence_and_nothing_else(AssessmentKind kind)
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", key: "c", due: "2024-06");
        w.Add(ClaimKind.Assessment, "2024-02-01", "99", key: "c", assessment: kind, due: "2024-09");
        Assert.Equal("orig 3 P 3 O 3 late 3 lateorig 3", w.Sum("2024-07-01"));
        Assert.Equal(2, w.Rows("2024-07-01")[0].Claims);
    }
}
