namespace Facts.Tests;

/// <summary>A test for each sentence of the rules that the cases leave open.</summary>
public sealed class RuleTests
{
    // ---- From claims to facts

    [Fact]
    public void An_amendment_that_comes_before_its_pledge_waits_for_it()
    {
        var w = new World();
        w.Amend("2024-01-01", "c", "4");
        Assert.Empty(w.At("2024-12-31").All);
        w.Pledge("2024-02-01", "6", key: "c");
        Assert.Equal("orig 6 P 10 O 10", w.Sum("2024-12-31"));
        Assert.Empty(w.At("2024-01-31").All);
    }

    [Fact]
    public void A_delivery_to_a_key_that_no_pledge_names_is_unpledged()
    {
        var w = new World();
        w.Arrives("2024-02-01", "2", key: "c");
        w.Pledge("2024-01-01", "5");
        Assert.Equal("orig 5 P 5 D 2 U 2 O 5", w.Sum("2024-03-01"));
    }

    [Fact]
    public void Deliveries_that_name_different_commitments_are_never_one()
    {
        var w = new World();
        w.Pledge("2023-01-01", "5", key: "a");
        w.Pledge("2023-06-01", "5", key: "b");
        w.Arrives("2024-02-01", "2", key: "a");
        w.Arrives("2024-02-01", "2", key: "b");
        Assert.Equal("orig 10 P 10 D 4 C 4 O 6", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_report_without_a_key_joins_the_one_keyed_fact_it_matches()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "a");
        w.Pledge("2024-01-03", "5");
        Assert.Equal("orig 5 P 5 O 5", w.Sum("2024-03-01"));
    }

    [Fact]
    public void Reports_that_match_two_keyed_facts_stay_apart_for_review()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "a");
        w.Pledge("2024-01-03", "5", key: "b");
        w.Pledge("2024-01-04", "5");
        Assert.Equal("orig 15 P 15 O 15 overlap 3", w.Sum("2024-03-01"));
    }

    [Fact]
    public void Reports_of_reports_are_of_one_fact_until_the_chain_is_too_long()
    {
        var w = new World();
        for (var day = 1; day <= 31; day += 3) w.Pledge($"2024-01-{day:00}", "5");
        Assert.Equal("orig 5 P 5 O 5", w.Sum("2024-03-01"));
        w.Pledge("2024-02-02", "5");
        Assert.Equal("orig 60 P 60 O 60 overlap 12", w.Sum("2024-03-01"));
    }

    [Theory]
    [InlineData("2024-01-04", "5", "orig 5 P 5 O 5")]
    [InlineData("2024-01-05", "5", "orig 10 P 10 O 10 overlap 2")]
    [InlineData("2024-02-01", "5", "orig 10 P 10 O 10 overlap 2")]
    [InlineData("2024-02-02", "5", "orig 10 P 10 O 10")]
    [InlineData("2024-01-01", "6", "orig 11 P 11 O 11")]
    [InlineData("2024-01-01", "4..6", "orig 9..11 P 9..11 O 9..11 overlap 2")]
    public void Days_and_numbers_tell_reports_apart(string on, string number, string expected)
    {
        var w = new World();
        w.Pledge("2024-01-01", "5");
        w.Pledge(on, number);
        Assert.Equal(expected, w.Sum("2024-03-01"));
    }

    [Fact]
    public void Unlike_deadlines_tell_pledges_apart()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", due: "2024-06");
        w.Pledge("2024-01-01", "5", due: "2024-07");
        Assert.Equal("orig 10 P 10 O 10 overlap 2", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_date_wider_than_a_month_is_for_review()
    {
        var w = new World();
        w.Pledge("2024-01", "5");
        w.Pledge("2024-21", "5");
        Assert.Equal("orig 10 P 10 O 10 overlap 2", w.Sum("2024-12-01"));
    }

    [Fact]
    public void A_remainder_that_fits_two_commitments_adds_nothing_and_is_for_review()
    {
        var w = new World();
        w.Pledge("2023-01-01", "2", article: "x");
        w.Pledge("2023-06-01", "2", article: "x");
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
    public void A_keyed_remainder_is_no_rival()
    {
        var w = new World();
        w.Pledge("2024-01-01", "4", key: "c");
        w.Pledge("2024-03-01", "2", key: "c", basis: QuantityBasis.Remaining, due: "2024-06");
        w.Pledge("2024-03-02", "2", key: "c", basis: QuantityBasis.Remaining, due: "2024-06");
        Assert.Equal("orig 4 P 4 O 4 late 4 lateorig 4", w.Sum("2024-07-01"));
    }

    [Fact]
    public void Of_rival_values_the_later_stated_wins_and_then_the_smaller()
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

    // ---- Change over time

    [Fact]
    public void Two_reports_of_one_change_take_effect_once()
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c");
        w.Amend("2024-02-01", "c", "4");
        w.Amend("2024-02-03", "c", "4");
        w.Amend("2024-02-20", "c", "4");
        Assert.Equal("orig 6 P 14 O 14", w.Sum("2024-03-01"));
    }

    [Fact]
    public void Within_a_day_a_total_comes_before_an_increment_and_that_before_a_cancellation()
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c");
        w.Cancel("2024-02-01", "c", "3");
        w.Amend("2024-02-01", "c", "4");
        w.Amend("2024-02-01", "c", "20", QuantityBasis.Total);
        Assert.Equal("orig 6 P 21 X 3 O 21", w.Sum("2024-03-01"));
    }

    [Theory]
    [InlineData("2024-01-31", "orig 6 P 6 O 6")]
    [InlineData("2024-02-01", "orig 6 P 6..10 O 6..10")]
    [InlineData("2024-02-29", "orig 6 P 10 O 10")]
    public void A_change_whose_date_is_not_over_gives_both_values(string day, string expected)
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c");
        w.Amend("2024-02", "c", "4");
        Assert.Equal(expected, w.Sum(day));
    }

    [Fact]
    public void A_change_never_takes_effect_before_the_pledge()
    {
        var w = new World();
        w.Pledge("2024-02-01", "6", key: "c");
        w.Cancel("2024-01-01", "c", "2");
        Assert.Equal("orig 6 P 4 X 2 O 4", w.Sum("2024-02-01"));
    }

    [Fact]
    public void A_numbered_cancellation_takes_back_no_more_than_there_is()
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c");
        w.Arrives("2024-01-15", "5", key: "c");
        w.Cancel("2024-02-01", "c", "8");
        Assert.Equal("orig 6 X 6 D 5 S 5", w.Sum("2024-02-01"));
    }

    [Fact]
    public void Below_zero_is_zero_and_an_increment_on_nothing_is_itself()
    {
        var w = new World();
        w.Pledge("2024-01-01", null, key: "c");
        w.Amend("2024-02-01", "c", "4");
        w.Amend("2024-03-01", "c", "-9");
        Assert.Equal("P 4 O 4", w.Sum("2024-02-01"));
        Assert.Equal("", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_change_in_another_unit_is_a_conflict_without_effect()
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c");
        w.Amend("2024-02-01", "c", "4", unit: "missile");
        Assert.Equal("orig 6 P 6 O 6 conflicts 1", w.Sum("2024-02-01"));
    }

    [Fact]
    public void What_arrives_after_a_cancellation_does_not_change_what_it_took_back()
    {
        var w = new World();
        w.Pledge("2024-01-01", "10", key: "c");
        w.Arrives("2024-02-01", "4", key: "c", stage: Stage.Dispatched, delivery: "d");
        w.Arrives("2024-02-20", "4", key: "c", stage: Stage.Arrived, delivery: "d");
        w.Cancel("2024-03-01", "c");
        w.Arrives("2024-04-01", "1", key: "c");
        foreach (var links in Enum.GetValues<LinkPolicy>()) Assert.StartsWith("orig 10 P 4 X 6", w.Sum("2024-05-01", links: links));
        Assert.Equal("orig 10 P 4 X 6 D 5 C 4 S 1", w.Sum("2024-05-01", Stage.Dispatched));
    }

    [Fact]
    public void An_intent_is_in_no_other_measure_until_it_is_firm()
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c", firmness: Firmness.Intent);
        w.Arrives("2024-01-15", "2", key: "c");
        w.Amend("2024-02-01", "c", firmness: Firmness.Committed);
        Assert.Equal("I 6 D 2", w.Sum("2024-01-31"));
        Assert.Equal("orig 6 P 6 D 2 C 2 O 4", w.Sum("2024-02-01"));
    }

    // ---- Stages

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

    // ---- Matching

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
    public void What_arrived_before_a_pledge_does_not_fulfil_it()
    {
        var w = new World();
        w.Pledge("2024-03-01", "3");
        w.Arrives("2024-02-28", "1");
        Assert.Equal("orig 3 P 3 D 1 U 1 O 3", w.Sum("2024-03-01"));
    }

    [Fact]
    public void What_is_left_over_is_unpledged_and_surplus_helps_nobody_else()
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", key: "a");
        w.Pledge("2024-01-02", "2", key: "b");
        w.Arrives("2024-02-01", "5", key: "a");
        w.Arrives("2024-02-02", "4");
        Assert.Equal("orig 5 P 5 D 9 C 5 S 2 U 2", w.Sum("2024-03-01"));
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

    // ---- Running totals

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

    // ---- Balances

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
    public void Unmet_need_looks_at_whoever_gives_after_the_request()
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", donors: "USA");
        w.Ask("2024-02-01", "20", items: "air-defence");
        w.Pledge("2024-02-01", "4", donors: "DEU");
        w.Arrives("2024-03-01", "2", donors: "ROU", items: "patriot");
        w.Pledge("2024", "5", donors: "NLD", items: "hawk");
        Assert.Equal("9..14", World.Show(w.At("2024-12-31").Requests[0].UnmetNeed!.Value));
    }

    [Fact]
    public void A_denial_disputes_the_fact_it_hangs_on_and_changes_no_number()
    {
        var w = new World();
        w.Pledge("2024-01-01", "3", key: "c");
        w.Add(ClaimKind.Assessment, "2024-02-01", key: "c", assessment: AssessmentKind.Denial);
        Assert.Equal("orig 3 P 3 O 3", w.Sum("2024-01-31"));
        Assert.Equal("orig 3 P 3 O 3 disputed 1", w.Sum("2024-02-01"));
    }

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
    public void What_is_given_to_the_whole_beyond_its_residual_goes_on_to_its_parts()
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
    public void A_whole_that_is_dropped_keeps_what_arrived_of_it_and_its_parts()
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
    public void Commitments_inside_each_other_count_in_full()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "a", donors: "NATO", partOf: "b");
        w.Pledge("2024-02-01", "3", key: "b", donors: "DEU", partOf: "a");
        Assert.Equal("orig 5 P 5 O 5", w.Sum("2024-04-01"));
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

    // ---- Editors

    [Fact]
    public void An_editor_merges_splits_links_and_unlinks()
    {
        var w = new World();
        var (a, b) = (w.Pledge("2024-01-01", "5"), w.Pledge("2024-01-20", "5"));
        Assert.Equal("orig 10 P 10 O 10 overlap 2", w.Sum("2024-03-01"));
        w.Decide(new Decision.Merge(1, a.Root, b.Root));
        Assert.Equal("orig 5 P 5 O 5", w.Sum("2024-03-01"));
        w.Decide(new Decision.Split(2, b.Root, a.Root));
        Assert.Equal("orig 10 P 10 O 10", w.Sum("2024-03-01"));
        var arrived = w.Arrives("2024-02-01", "5");
        Assert.Equal("orig 10 P 10 D 5 C 5 O 5", w.Sum("2024-03-01"));
        w.Decide(new Decision.Unlink(3, arrived.Root, a.Root));
        w.Decide(new Decision.Unlink(4, arrived.Root, b.Root));
        Assert.Equal("orig 10 P 10 D 5 U 5 O 10", w.Sum("2024-03-01"));
        w.Decide(new Decision.Link(5, arrived.Root, b.Root));
        Assert.Equal("orig 10 P 10 D 5 C 5 O 5", w.Sum("2024-03-01", links: LinkPolicy.Explicit));
    }

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
}
