namespace Facts.Tests.Rules;

/// <summary>The arithmetic between facts.</summary>
public sealed class BalanceTests
{
    [Theory]
    [InlineData("2024-03-31", "orig 4 P 4 O 4")]
    [InlineData("2024-04-01", "orig 4 P 4 O 4 late 0..4 lateorig 0..4")]
    [InlineData("2024-05-01", "orig 4 P 4 O 4 late 4 lateorig 4")]
    public void An_approximate_deadline_is_certainly_past_only_a_unit_later(string day, string expected)
    {
        var w = new World();
        w.Pledge("2024-01-01", "4", due: "2024-03~");
        Assert.Equal(expected, w.Sum(day));
    }

    [Fact]
    public void Supply_from_any_donor_after_the_request_reduces_unmet_need()
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", donors: "USA");
        w.Ask("2024-02-01", "20", items: "air-defence");
        w.Pledge("2024-02-01", "4", donors: "DEU");
        w.Arrives("2024-03-01", "2", donors: "ROU", items: "patriot");
        w.Pledge("2024", "5", donors: "NLD", items: "hawk");
        Assert.Equal("9..14", World.Show(w.At("2024-12-31").Requests[0].UnmetNeed!.Value));
    }

    [Theory]
    [InlineData("5", "5", 1.0, 1.0)]
    [InlineData("3", "1", 0.3333, 0.3333)]
    [InlineData("16", "1", 0.0625, 0.0625)]
    [InlineData("4..6", "5", 0.6667, 1.0)]
    public void The_rate_is_rounded_to_four_digits(string pledged, string arrived, double low, double high)
    {
        var w = new World();
        w.Pledge("2024-01-01", pledged);
        w.Arrives("2024-02-01", arrived);
        Assert.Equal(((decimal)low, (decimal)high), w.Rows("2024-03-01")[0].Measures.FulfilmentRate());
    }

    [Theory]
    [InlineData("2024-05-31", "D 0..3 U 0..3")]
    [InlineData("2024-06-30", "D 3 U 3")]
    public void An_imprecise_date_is_carried_into_the_numbers(string day, string expected)
    {
        var w = new World();
        w.Arrives("2024-05-10/2024-06-30", "3");
        Assert.Empty(w.Rows("2024-05-09"));
        Assert.Equal(expected, w.Sum(day));
        Assert.Equal(1, w.Rows(day)[0].Measures.Deliveries);
    }

    [Fact]
    public void An_open_start_counts_as_its_end_and_an_open_end_is_never_certain()
    {
        var w = new World();
        w.Arrives("../2024-06-30", "3");
        w.Arrives("2024-07-01/..", "2", donors: "ROU");
        Assert.Empty(w.Rows("2024-06-29"));
        Assert.Equal("D 3 U 3", w.Sum("2024-06-30"));
        Assert.Equal("D 3..5 U 3..5", w.Sum("9999-12-31"));
    }

    [Fact]
    public void A_pledge_and_a_request_whose_date_is_not_over_are_possible()
    {
        var w = new World();
        w.Pledge("2024-06", "3", donors: "ROU");
        w.Ask("2024-06", "7");
        Assert.Equal("R 0..7 orig 0..3 P 0..3 O 0..3 need 0..7", w.Sum("2024-06-15"));
        Assert.Equal("R 7 orig 3 P 3 O 3 need 4..7", w.Sum("2024-06-30"));
    }

    [Fact]
    public void Outstanding_subtracts_what_was_delivered_and_not_what_was_credited()
    {
        var w = new World();
        w.Pledge("2024-01-01", "4..10", key: "c");
        w.Arrives("2024-02-01", "6", key: "c");
        Assert.Equal("orig 4..10 P 4..10 D 6 C 4..6 S 0..2 O 0..4", w.Sum("2024-03-01"));
    }

    [Fact]
    public void Surplus_of_one_commitment_is_not_netted_against_another()
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", key: "a");
        w.Pledge("2024-06-01", "3", key: "b");
        w.Arrives("2024-07-01", "5", key: "a");
        Assert.Equal("orig 6 P 6 D 5 C 3 S 2 O 3 overlap 2", w.Sum("2024-08-01"));
        Assert.Equal((0.5m, 0.5m), w.Rows("2024-08-01")[0].Measures.FulfilmentRate());
    }

    [Theory]
    [InlineData("0..4", null, 0.0, 0.0)]
    [InlineData("0..4", "1", 0.0, 1.0)]
    [InlineData("4..", "1", 0.0, 0.25)]
    [InlineData("0..", "1", 0.0, 1.0)]
    [InlineData("4", "9", 1.0, 1.0)]
    public void The_rate_where_an_end_is_zero_or_without_bound(string pledged, string? arrived, double low, double high)
    {
        var w = new World();
        w.Pledge("2024-01-01", pledged);
        if (arrived is not null) w.Arrives("2024-02-01", arrived);
        Assert.Equal(((decimal)low, (decimal)high), w.Rows("2024-03-01")[0].Measures.FulfilmentRate());
    }

    [Fact]
    public void There_is_no_rate_where_nothing_is_committed()
    {
        var w = new World();
        w.Pledge("2024-01-01", "4", key: "c");
        w.Cancel("2024-02-01", "c");
        Assert.Null(w.Rows("2024-03-01")[0].Measures.FulfilmentRate());
    }

    [Fact]
    public void Overdue_is_by_the_deadline_in_force_and_by_the_first_one()
    {
        var w = new World();
        w.Pledge("2024-01-01", "4", key: "c", due: "2024-03");
        w.Amend("2024-02-01", "c", due: "2024-02");
        Assert.Equal("orig 4 P 4 O 4 late 4", w.Sum("2024-03-01"));
        Assert.Equal("orig 4 P 4 O 4 late 4 lateorig 4", w.Sum("2024-04-01"));
    }

    [Fact]
    public void A_conditional_commitment_is_committed_and_never_overdue()
    {
        var w = new World();
        w.Pledge("2024-01-01", "4", key: "c", due: "2024-03", condition: "if");
        Assert.Equal("orig 4 P 4 O 4 conditional 1", w.Sum("2024-04-01"));
        var v = new World();
        v.Add(ClaimKind.Pledge, "2024-01-01", "4", due: "2024-03", condition: "if", met: true);
        Assert.Equal("orig 4 P 4 O 4 late 4 lateorig 4", v.Sum("2024-04-01"));
        v.Add(ClaimKind.Pledge, "2024-01-01", "3", due: "2024-03", met: false);
        Assert.Equal("orig 7 P 7 O 7 late 4 lateorig 4 conditional 1 overlap 2", v.Sum("2024-04-01"));
    }

    [Theory]
    [InlineData("air-defence", "tank", "system", "UKR", "20")]
    [InlineData("air-defence", "hawk", "missile", "UKR", "20")]
    [InlineData("air-defence", "hawk", "system", "MDA", "20")]
    [InlineData("hawk", "air-defence", "system", "UKR", "20")]
    [InlineData("hawk|nasams", "hawk|iris-t", "system", "UKR", "20")]
    [InlineData("hawk|iris-t", "hawk|iris-t-slm", "system", "UKR", "15")]
    public void Supply_under_the_items_of_a_request_reduces_its_unmet_need(string asked, string given, string unit, string recipient, string unmet)
    {
        var w = new World();
        w.Ask("2024-01-01", "20", items: asked);
        w.Add(ClaimKind.Pledge, "2024-02-01", "5", items: given, unit: unit, recipient: recipient, donors: "ROU");
        Assert.Equal(unmet, World.Show(Assert.Single(w.At("2024-12-31").Requests).UnmetNeed!.Value));
    }

    [Fact]
    public void Unmet_need_subtracts_commitments_and_unpledged_deliveries_but_no_intents_and_never_goes_below_zero()
    {
        var w = new World();
        w.Ask("2024-01-01", "4", items: "hawk");
        w.Ask("2024-01-01", "10", items: "iris-t");
        w.Pledge("2024-02-01", "9", items: "hawk");
        w.Arrives("2024-03-01", "9", items: "hawk");
        w.Pledge("2024-02-01", "5", items: "iris-t", firmness: Firmness.Intent);
        w.Arrives("2024-03-01", "1", items: "iris-t", donors: "ROU");
        Assert.Equal("9", World.Show(w.Rows("2024-12-31")[0].Measures.UnmetNeed!.Value));
    }

    [Fact]
    public void Claims_articles_and_publishers_include_claims_of_all_kinds_stated_by_the_day()
    {
        var w = new World();
        w.Pledge("2024-01-01", "4", key: "c", publisher: "Reuters");
        w.Amend("2024-02-01", "c", "1");
        w.Add(ClaimKind.Assessment, "2024-03-01", key: "c", assessment: AssessmentKind.Forecast, publisher: "REUTERS");
        w.Cancel("2024-04-01", "c", "1");
        string On(string day) => w.Rows(day)[0] is var r ? $"{r.Claims} {r.Articles} {r.Publishers} {r.LastStatedOn:yyyy-MM-dd}" : "";
        Assert.Equal(["1 1 1 2024-01-01", "2 2 2 2024-02-01", "3 3 2 2024-03-01", "4 4 3 2024-04-01"],
            new[] { "2024-01-15", "2024-02-15", "2024-03-15", "2024-04-15" }.Select(On));
    }

    [Theory]
    [InlineData("2024-02-10", "2024-02-01")]
    [InlineData("2024-02-20", "2024-02-01")]
    [InlineData("2024-02-29", "2024-02-29")]
    public void A_claim_stated_in_a_month_that_is_not_over_counts_with_the_first_day_of_the_month(string day, string last)
    {
        var w = new World();
        w.Pledge("2024-01-15", "4", key: "c");
        w.Pledge("2024-02", "4", key: "c");
        Assert.Equal(DateOnly.Parse(last), w.Rows(day)[0].LastStatedOn);
    }

    [Fact]
    public void Rows_are_by_first_stated_year_and_by_the_year_of_the_deadline_in_force()
    {
        var w = new World();
        w.Pledge("2023-12/2024-02", "1", key: "c", due: "2024");
        w.Amend("2024-03-01", "c", due: "2025-06~");
        w.Arrives("2024-05-01", "2", donors: "ROU");
        var rows = w.Rows("2024-06-01", Grouping.YearStated | Grouping.YearDue);
        Assert.Equal([(2023, 2025, 1), (2024, null, 0)], rows.Select(r => (r.Key.YearStated, r.Key.YearDue, r.Measures.Commitments)));
        Assert.Equal(2024, w.Rows("2024-02-29", Grouping.YearDue)[0].Key.YearDue);
    }

    [Fact]
    public void Joint_donors_and_sets_of_items_are_groups_of_their_own_and_no_donor_is_null()
    {
        var w = new World();
        w.Pledge("2024-01-01", "1", donors: "NLD+DEU+DNK", items: "nasams|hawk");
        w.Pledge("2024-01-01", "1", donors: "DEU", items: "hawk");
        w.Ask("2024-01-01", "9", items: "iris-t-slm");
        Assert.Equal([("DEU", "hawk", "air-defence", false), ("DEU+DNK+NLD", "hawk|nasams", "air-defence", true), (null, "iris-t-slm", "air-defence", false)],
            w.Rows("2024-06-01", Grouping.Donor | Grouping.Item | Grouping.Category).Select(r => (r.Key.Donor, r.Key.Item!, r.Key.Category!, r.Key.Shared)));
    }
}
