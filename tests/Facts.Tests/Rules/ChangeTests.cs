namespace Facts.Tests.Rules;

/// <summary>Changes of commitments over time.</summary>
public sealed class ChangeTests
{
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
        Assert.Equal("orig 6 X 6 D 5 S 5 conflicts 1", w.Sum("2024-02-01"));
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
    public void A_delivery_after_a_cancellation_does_not_change_the_cancelled_number()
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

    [Fact]
    public void Two_reports_of_one_change_take_effect_once_even_if_only_one_says_by_when()
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c", due: "2024-03");
        w.Amend("2024-02-01", "c", "4");
        w.Amend("2024-02-02", "c", "4", due: "2024-09", firmness: Firmness.Committed);
        var c = Assert.Single(w.At("2024-03-01").Commitments);
        Assert.Equal(("10", "2024-09", "2024-03", Firmness.Committed), (World.Show(c.Current!.Value), c.Due?.Text, c.OriginalDue?.Text, c.Firmness));
        Assert.Equal(["2024-03", "2024-09"], c.Deadlines.Select(d => d.Due.Text));
    }

    [Fact]
    public void Two_like_changes_that_one_article_reports_are_two()
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c");
        for (var i = 0; i < 2; i++) w.Amend("2024-02-01", "c", "4", article: "list");
        Assert.Equal("orig 6 P 14 O 14", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_hold_and_its_end_two_days_later_are_two_changes()
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c");
        w.Amend("2024-02-01", "c", hold: true);
        w.Amend("2024-02-02", "c", due: "2024-12");
        w.Amend("2024-02-03", "c", hold: false);
        Assert.Equal(["orig 6 P 6 O 6 hold 1", "orig 6 P 6 O 6 hold 1", "orig 6 P 6 O 6"],
            new[] { "2024-02-01", "2024-02-02", "2024-02-03" }.Select(d => w.Sum(d)));
    }

    [Fact]
    public void Of_changes_with_one_last_day_the_one_with_the_earlier_first_day_takes_effect_first()
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c");
        w.Cancel("2024-02", "c", "3");
        w.Amend("2024-02-29", "c", "20", QuantityBasis.Total);
        Assert.Equal("orig 6 P 20 X 3 O 20", w.Sum("2024-03-01"));
    }

    [Fact]
    public void Changes_stated_before_the_pledge_take_effect_on_its_first_day_in_the_order_of_their_own_days()
    {
        var w = new World();
        w.Pledge("2024-02-01", "6", key: "c");
        w.Cancel("2024-01-01", "c", "2");
        w.Amend("2024-02-01", "c", "10", QuantityBasis.Total);
        Assert.Equal("orig 6 P 10 X 2 O 10", w.Sum("2024-02-01"));
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public void The_names_of_articles_do_not_decide_the_order_of_changes_before_the_pledge(string first, string second)
    {
        var deadlines = new World();
        deadlines.Amend("2024-05-27", "k", due: "2024-08-01", article: first);
        deadlines.Amend("2024-06-15", "k", due: "2024-12-31", article: second);
        deadlines.Pledge("2024-07-18", "5", key: "k");
        Assert.Equal("orig 5 P 5 O 5", deadlines.Sum("2024-09-01"));

        var numbers = new World();
        numbers.Amend("2024-01-01", "k", "1", article: second);
        numbers.Amend("2024-01-20", "k", "-2", article: first);
        numbers.Pledge("2024-02-01", "1", key: "k");
        Assert.Equal("orig 1", numbers.Sum("2024-03-01"));
    }

    [Fact]
    public void A_new_size_told_after_a_cancellation_stands_although_the_pledge_is_known_last()
    {
        var w = new World();
        w.Cancel("2024-01-01", "k", "3");
        w.Amend("2024-01-20", "k", "12", QuantityBasis.Total);
        w.Pledge("2024-02-01", "10", key: "k");
        Assert.Equal("orig 10 P 12 X 3 O 12", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_total_is_the_new_size_and_leaves_what_was_pledged_first()
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c", due: "2024-03");
        w.Amend("2024-02-01", "c", "4", QuantityBasis.Total, due: "2024-06");
        Assert.Equal("orig 6 P 4 O 4 lateorig 4", w.Sum("2024-04-01"));
    }

    /// <summary>The rules for the value of a fact choose one size. The names of the articles do not matter.</summary>
    [Theory]
    [InlineData("10 10 12", "orig 6 P 10 O 10")]
    [InlineData("12 10 12", "orig 6 P 12 O 12")]
    [InlineData("12 10", "orig 6 P 10 O 10")]
    [InlineData("10 12", "orig 6 P 10 O 10")]
    public void One_of_several_new_sizes_of_a_day_wins_and_there_is_a_conflict(string sizes, string expected)
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c");
        foreach (var (i, size) in sizes.Split(' ').Index())
            w.Add(ClaimKind.Amendment, "2024-02-01", size, "c", donors: "", items: "", basis: QuantityBasis.Total, publisher: $"outlet {i}");
        Assert.Equal(expected + " conflicts 1", w.Sum("2024-03-01"));
        w.Amend("2024-02-02", "c", "20", QuantityBasis.Total);
        Assert.Equal("orig 6 P 20 O 20 conflicts 1", w.Sum("2024-03-01"));
    }

    [Fact]
    public void An_amendment_without_a_number_leaves_the_quantity_alone()
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c", condition: "if");
        w.Amend("2024-02-01", "c", due: "2024-06", met: true, hold: true, firmness: Firmness.Committed, basis: QuantityBasis.Total);
        Assert.Equal("orig 6 P 6 O 6 hold 1", w.Sum("2024-02-01"));
        var c = w.At("2024-02-01").Commitments[0];
        Assert.Equal(("2024-06", null, Firmness.Committed, false), (c.Due?.Text, c.OriginalDue?.Text, c.Firmness, c.Conditional));
    }

    [Fact]
    public void Attributes_other_than_the_number_change_when_the_date_is_over()
    {
        var w = new World();
        w.Pledge("2024-01-01", "6", key: "c", due: "2024-01");
        w.Amend("2024-02", "c", due: "2024-06", hold: true);
        w.Add(ClaimKind.Assessment, "2024-02", key: "c", assessment: AssessmentKind.Denial);
        Assert.Equal("orig 6 P 6 O 6 late 6 lateorig 6", w.Sum("2024-02-28"));
        Assert.Equal("orig 6 P 6 O 6 lateorig 6 hold 1 disputed 1", w.Sum("2024-02-29"));
    }

    [Fact]
    public void A_cancellation_without_a_number_takes_back_the_difference_of_committed_and_delivered()
    {
        var w = new World();
        w.Pledge("2024-01-01", "4..6", key: "c");
        w.Arrives("2024-02-01", "1..2", key: "c");
        w.Cancel("2024-03-01", "c");
        Assert.Equal("orig 4..6 P 1..2 X 2..5 D 1..2 C 1..2 S 0..1 O 0..1", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_numbered_cancellation_takes_back_part_of_the_commitment_whatever_was_delivered()
    {
        var w = new World();
        w.Pledge("2024-01-01", "10", key: "c");
        w.Arrives("2024-02-01", "8", key: "c");
        w.Cancel("2024-03-01", "c", "5");
        Assert.Equal("orig 10 P 5 X 5 D 8 C 5 S 3", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_cancellation_whose_date_is_not_over_may_or_may_not_have_been_made()
    {
        var w = new World();
        w.Pledge("2024-01-01", "10", key: "c");
        w.Cancel("2024-03", "c", "4");
        Assert.Equal("orig 10 P 6..10 X 0..4 O 6..10", w.Sum("2024-03-15"));
        Assert.Equal("orig 10 P 6 X 4 O 6", w.Sum("2024-03-31"));
    }

    [Fact]
    public void A_cancelled_commitment_that_is_raised_later_stands_again()
    {
        var w = new World();
        w.Pledge("2024-01-01", null, key: "c");
        w.Cancel("2024-02-01", "c");
        Assert.Equal(CommitmentStatus.Cancelled, w.At("2024-02-01").Commitments[0].Status);
        w.Amend("2024-03-01", "c", "4");
        Assert.Equal(CommitmentStatus.Open, w.At("2024-03-01").Commitments[0].Status);
        Assert.Equal("P 4 O 4", w.Sum("2024-03-01"));
    }
}
