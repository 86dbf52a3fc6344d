namespace Facts.Tests;

/// <summary>Cases from reports about aid, one test for each. <see cref="World"/> explains the short form of the sums.</summary>
public sealed class CaseTests
{
    static World FirstArticle()
    {
        var w = new World();
        w.Add(ClaimKind.Request, "2024-12-03", "20..", donors: "", items: "nasams|hawk|iris-t", article: "kyiv");
        w.Pledge("2024-12-04", null, donors: "NATO", items: "air-defence", article: "kyiv", firmness: Firmness.Intent);
        w.Pledge("2024-07", null, key: "summit", donors: "NATO", items: "air-defence", article: "kyiv");
        w.Add(ClaimKind.Assessment, "2024-12-04", key: "summit", donors: "NATO", items: "air-defence", article: "kyiv", assessment: AssessmentKind.Delay);
        w.Add(ClaimKind.Delivery, "2024-10", "1", donors: "ROU", items: "patriot", article: "kyiv", stated: "2024-12-04");
        w.Pledge("2024-12-04", "2", donors: "DEU", items: "iris-t", due: "../2024-12-31", article: "kyiv");
        return w;
    }

    [Theory]
    [InlineData("2024-12-04", "R 20.. orig 2 P 2 D 1 U 1 O 2 need 18.. unquantified 2")]
    [InlineData("2024-12-31", "R 20.. orig 2 P 2 D 1 U 1 O 2 need 18.. unquantified 2")]
    [InlineData("2025-01-01", "R 20.. orig 2 P 2 D 1 U 1 O 2 late 2 lateorig 2 need 18.. unquantified 2")]
    [InlineData("2024-10-15", "D 0..1 U 0..1 unquantified 1")]
    public void The_first_article_comes_out_right(string day, string expected) => Assert.Equal(expected, FirstArticle().Sum(day));

    [Fact]
    public void The_first_article_by_donor()
    {
        var rows = FirstArticle().Rows("2024-12-04", Grouping.Donor);
        Assert.Equal([("DEU", "orig 2 P 2 O 2"), ("NATO", "unquantified 2"), ("ROU", "D 1 U 1"), (null, "R 20.. need 18..")],
            rows.Select(r => (r.Key.Donor, World.Short(r.Measures))));
    }

    [Fact]
    public void A_range_pledged_and_a_number_between_delivered_may_be_fulfilled()
    {
        var w = new World();
        w.Pledge("2024-01-01", "4..6");
        w.Arrives("2024-02-01", "5");
        Assert.Equal("orig 4..6 P 4..6 D 5 C 4..5 S 0..1 O 0..1", w.Sum("2024-03-01"));
        Assert.Equal(CommitmentStatus.Partial, w.At("2024-03-01").Commitments[0].Status);
    }

    [Fact]
    public void At_least_100_delivered_in_full_may_still_be_open()
    {
        var w = new World();
        w.Pledge("2024-01-01", "100..");
        w.Arrives("2024-02-01", "100");
        Assert.Equal("orig 100.. P 100.. D 100 C 100 O 0..", w.Sum("2024-03-01"));
        Assert.Equal((0m, 1m), w.Rows("2024-03-01")[0].Measures.FulfilmentRate());
    }

    [Fact]
    public void Up_to_10_past_the_deadline_are_possibly_but_not_certainly_overdue()
    {
        var w = new World();
        w.Pledge("2024-01-01", "0..10", due: "2024-02-01");
        Assert.Equal("orig 0..10 P 0..10 O 0..10 late 0..10 lateorig 0..10", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_pledge_without_a_number_is_only_counted()
    {
        var w = new World();
        w.Pledge("2024-01-01", null);
        Assert.Equal("unquantified 1", w.Sum("2024-03-01"));
    }

    [Fact]
    public void Unlike_units_are_two_rows()
    {
        var w = new World();
        w.Pledge("2024-01-01", "1", items: "patriot", unit: "launcher");
        w.Pledge("2024-01-01", "1", items: "patriot", unit: "system");
        Assert.Equal(["launcher", "system"], w.Rows("2024-03-01").Select(r => r.Key.Unit));
    }

    [Fact]
    public void Seven_outlets_report_one_delivery()
    {
        var w = new World();
        foreach (var on in new[] { "2024-10", "2024-10-03", "../2024-10-03", "2024-10-02/2024-10-04", "2024-10", "2024-10-01/2024-10-03", "2024-10-03" })
            w.Arrives(on, "1", donors: "ROU", items: "patriot");
        Assert.Equal("D 1 U 1", w.Sum("2024-12-04"));
        var row = w.Rows("2024-12-04")[0];
        Assert.Equal((1, 7, 7), (row.Measures.Deliveries, row.Claims, row.Publishers));
    }

    [Fact]
    public void Two_similar_deliveries_months_apart_are_two()
    {
        var w = new World();
        w.Arrives("2024-05-01", "1");
        w.Arrives("2024-10-01", "1");
        Assert.Equal("D 2 U 2", w.Sum("2024-12-04"));
        var rows = new World();
        rows.Arrives("2024-05-01", "1", article: "a");
        rows.Arrives("2024-05-01", "1", article: "a");
        Assert.Equal("D 2 U 2 overlap 2", rows.Sum("2024-12-04"));
    }

    [Fact]
    public void A_remainder_is_no_new_pledge()
    {
        var w = new World();
        w.Pledge("2024-08-01", "4");
        w.Arrives("2024-09-01", "2");
        w.Pledge("2024-12-04", "2", due: "../2024-12-31", basis: QuantityBasis.Remaining);
        Assert.Equal("orig 4 P 4 D 2 C 2 O 2", w.Sum("2024-12-05"));
        Assert.Equal("../2024-12-31", w.At("2024-12-05").Commitments[0].Due?.Text);
    }

    [Fact]
    public void Cumulative_totals_replace_one_another_and_repeats_add_nothing()
    {
        var w = new World();
        w.Pledge("2023-03-01", "1000000", key: "shells", due: "2024-03");
        w.SoFar("2024-01-30", "330000", key: "shells");
        w.SoFar("2024-03-20", "500000", key: "shells");
        for (var i = 0; i < 5; i++) w.SoFar("2024-11-12", "980000", key: "shells");
        w.SoFar("2024-11-13", "980000");
        Assert.Equal("orig 1000000 P 1000000 D 500000 C 500000 O 500000 late 500000 lateorig 500000", w.Sum("2024-04-01"));
        Assert.Equal("orig 1000000 P 1000000 D 980000 C 980000 O 20000 late 20000 lateorig 20000", w.Sum("2024-11-12"));
        Assert.Equal("orig 1000000 P 1000000 D 980000 C 980000 O 20000 late 20000 lateorig 20000", w.Sum("2024-12-12"));
    }

    [Fact]
    public void A_total_and_its_parts_count_once()
    {
        var w = new World();
        w.Pledge("2024-07-10", "5", key: "summit", donors: "NATO");
        w.Pledge("2024-07-12", "1", donors: "DEU", partOf: "summit");
        w.Pledge("2024-07-13", "1", donors: "NLD", partOf: "summit");
        Assert.Equal("orig 5 P 5 O 5", w.Sum("2024-08-01"));
        Assert.Equal(3, w.At("2024-08-01").Commitments.Single(c => c.Key == "summit").Current?.Low);
        foreach (var donor in new[] { "ROU", "ITA", "USA" }) w.Pledge("2024-07-13", "1", donors: donor, partOf: "summit");
        Assert.Equal("orig 5 P 5 O 5", w.Sum("2024-08-01"));
    }

    [Fact]
    public void Most_publishers_win_unless_an_editor_prefers_another_claim()
    {
        var w = new World();
        foreach (var n in new[] { "5", "5", "5", "7" }) w.Pledge("2024-01-01", n, key: "c");
        Assert.Equal("orig 5 P 5 O 5 conflicts 1", w.Sum("2024-03-01"));
        Assert.Equal("5..7", World.Show(w.At("2024-03-01").Commitments[0].Envelope!.Value));
        w.Pledge("2024-01-01", "7", key: "c", rank: Rank.Preferred);
        Assert.Equal("orig 7 P 7 O 7 conflicts 1", w.Sum("2024-03-01"));
    }

    [Fact]
    public void Joint_donors_are_a_row_of_their_own()
    {
        var w = new World();
        w.Pledge("2024-01-01", "100..", donors: "DNK+DEU+NLD");
        var row = Assert.Single(w.Rows("2024-03-01", Grouping.Donor));
        Assert.Equal(("DEU+DNK+NLD", true, "orig 100.. P 100.. O 100.."), (row.Key.Donor, row.Key.Shared, World.Short(row.Measures)));
    }

    [Fact]
    public void A_moved_deadline_leaves_the_original_deadline_overdue()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "c", due: "2024-03");
        w.Amend("2024-02-01", "c", due: "2024-12");
        Assert.Equal("orig 5 P 5 O 5 lateorig 5", w.Sum("2024-04-01"));
    }

    [Fact]
    public void A_commitment_can_be_raised_and_cancelled()
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c");
        w.Amend("2024-02-01", "c", "4");
        Assert.Equal("orig 6 P 10 O 10", w.Sum("2024-04-01"));
        var d = new World();
        d.Pledge("2024-01-01", "5032", key: "c", due: "2024-02-01");
        d.Cancel("2024-03-01", "c");
        Assert.Equal("orig 5032 X 5032", d.Sum("2024-04-01"));
        Assert.Equal(CommitmentStatus.Cancelled, d.At("2024-04-01").Commitments[0].Status);
    }

    [Fact]
    public void Surplus_dispatched_and_rejected_deliveries_are_told_apart()
    {
        var w = new World();
        w.Pledge("2024-01-01", "10", key: "c");
        w.Arrives("2024-02-01", "12", key: "c");
        Assert.Equal("orig 10 P 10 D 12 C 10 S 2", w.Sum("2024-04-01"));
        var d = new World();
        d.Pledge("2024-01-01", "10");
        d.Arrives("2024-02-01", "4", stage: Stage.Dispatched);
        Assert.Equal("orig 10 P 10 O 10", d.Sum("2024-04-01"));
        Assert.Equal("orig 10 P 10 D 4 C 4 O 6", d.Sum("2024-04-01", Stage.Dispatched));
        var r = new World();
        r.Pledge("2024-01-01", "10");
        r.Arrives("2024-02-01", "4", stage: Stage.Rejected);
        Assert.Equal("orig 10 P 10 O 10", r.Sum("2024-04-01", Stage.Announced));
    }

    [Fact]
    public void A_conditional_commitment_is_overdue_once_its_condition_is_met()
    {
        var w = new World();
        w.Pledge("2024-01-01", "10", key: "c", due: "2024-02-01", condition: "if parliament agrees");
        w.Amend("2024-05-01", "c", met: true);
        Assert.Equal("orig 10 P 10 O 10 conditional 1", w.Sum("2024-04-01"));
        Assert.Equal("orig 10 P 10 O 10 late 10 lateorig 10", w.Sum("2024-05-01"));
    }

    [Fact]
    public void Some_of_two_may_be_none_or_both()
    {
        var w = new World();
        w.Pledge("2024-01-01", "2", key: "c");
        w.Arrives("2024-02-01", null, key: "c");
        Assert.Equal("orig 2 P 2 D 0..2 C 0..2 O 0..2 unquantified 1", w.Sum("2024-04-01"));
    }

    [Fact]
    public void A_commitment_is_put_on_hold_and_resumed()
    {
        var w = new World();
        w.Pledge("2024-01-01", "2", key: "c");
        w.Amend("2024-02-01", "c", hold: true);
        w.Amend("2024-03-01", "c", hold: false);
        Assert.Equal("orig 2 P 2 O 2 hold 1", w.Sum("2024-02-10"));
        Assert.Equal("orig 2 P 2 O 2", w.Sum("2024-03-10"));
    }

    [Fact]
    public void A_cumulative_total_of_a_model_fulfils_the_pledged_class()
    {
        var w = new World();
        w.Add(ClaimKind.Pledge, "2023-01-25", "31", key: "tanks", items: "tank", unit: "vehicle");
        w.Add(ClaimKind.Delivery, "2023-09-25", "8..10", key: "tanks", items: "tank", unit: "vehicle");
        for (var i = 0; i < 5; i++) w.SoFar("2023-10-16", "31", key: "tanks", items: "leopard-1", unit: "vehicle");
        Assert.Equal("orig 31 P 31 D 31 C 31", w.Sum("2024-04-01"));
        Assert.Equal("D 21..23", World.Short(w.Rows("2024-04-01", Grouping.Item).Single(r => r.Key.Item == "leopard-1").Measures));
    }

    [Fact]
    public void A_pledge_gets_its_number_on_the_day_it_is_stated()
    {
        var w = new World();
        w.Pledge("2024-01-25", null, key: "c");
        w.Pledge("2024-02-14", "8", key: "c");
        Assert.Equal("unquantified 1", w.Sum("2024-01-26"));
        Assert.Equal("orig 8 P 8 O 8", w.Sum("2024-02-14"));
    }

    [Fact]
    public void A_cancellation_without_a_number_takes_back_the_undelivered_rest()
    {
        var w = new World();
        w.Pledge("2024-01-01", "10", key: "c");
        w.Arrives("2024-02-01", "4");
        w.Cancel("2024-03-01", "c");
        Assert.Equal("orig 10 P 4 X 6 D 4 C 4", w.Sum("2024-04-01"));
    }

    [Fact]
    public void Two_reports_in_one_article_are_two_deliveries_for_review()
    {
        var w = new World();
        for (var i = 0; i < 7; i++) w.Arrives("2024-10-03", "1", article: $"outlet-{i}");
        w.Arrives("2024-10-03", "1", article: "outlet-0");
        Assert.Equal("D 2 U 2 overlap 2", w.Sum("2024-12-04"));
        Assert.Equal(CandidateReason.NearMiss, Assert.Single(w.Resolve().Candidates).Reason);
    }

    [Fact]
    public void Two_of_ten_delivered_are_rejected()
    {
        var w = new World();
        w.Pledge("2024-01-01", "10");
        w.Arrives("2024-02-01", "10", delivery: "d");
        w.Arrives("2024-03-01", "2", delivery: "d", stage: Stage.Rejected);
        Assert.Equal("orig 10 P 10 D 10 C 10", w.Sum("2024-02-20"));
        Assert.Equal("orig 10 P 10 D 8 C 8 O 2", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_delivered_model_fulfils_a_pledged_class_unless_only_explicit_links_count()
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", items: "air-defence");
        w.Arrives("2024-02-01", "1", items: "iris-t");
        Assert.Equal("orig 3 P 3 D 1 C 1 O 2", w.Sum("2024-03-01"));
        Assert.Equal("orig 3 P 3 D 1 U 1 O 3", w.Sum("2024-03-01", links: LinkPolicy.Explicit));
    }
}
