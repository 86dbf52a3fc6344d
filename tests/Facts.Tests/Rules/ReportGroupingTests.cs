namespace Facts.Tests.Rules;

/// <summary>Grouping of claims into facts.</summary>
public sealed class ReportGroupingTests
{
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
    public void Deliveries_that_name_different_commitments_are_never_one()
    {
        var w = new World();
        w.Pledge("2023-01-01", "5", key: "a");
        w.Pledge("2023-06-01", "5", key: "b");
        w.Arrives("2024-02-01", "2", key: "a");
        w.Arrives("2024-02-01", "2", key: "b");
        Assert.Equal("orig 10 P 10 D 4 C 4 O 6 overlap 2", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_report_joins_the_first_fact_that_it_fits_and_makes_no_chain()
    {
        var w = new World();
        for (var day = 1; day <= 31; day += 3) w.Pledge($"2024-01-{day:00}", "5");
        Assert.Equal("orig 30 P 30 O 30 overlap 6", w.Sum("2024-03-01"));
        Assert.Equal([2, 2, 2, 2, 2, 1], w.At("2024-03-01").Commitments.Select(c => c.Claims.Count));
    }

    [Fact]
    public void Every_report_must_fit_all_others_of_a_fact()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", due: "2024-06");
        w.Pledge("2024-01-01", "5");
        w.Pledge("2024-01-01", "5", due: "2024-07");
        // The report without a deadline belongs to the first; the one with another deadline contradicts that one.
        Assert.Equal([2, 1], w.At("2024-03-01").Commitments.Select(c => c.Claims.Count));
    }

    [Fact]
    public void A_keyed_fact_with_two_numbers_takes_no_further_report()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "a");
        w.Pledge("2024-01-01", "6", key: "a");
        w.Pledge("2024-01-01", "5");
        Assert.Equal("orig 10 P 10 O 10 conflicts 1 overlap 2", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_wide_date_joins_no_fact_but_a_narrow_one_may_join_it()
    {
        var w = new World();
        w.Arrives("2024-09-01/2024-10-14", "5");
        w.Arrives("2024-10-15", "5");
        Assert.Equal([2], w.At("2024-12-31").Deliveries.Select(d => d.Claims.Count));
    }

    [Theory]
    [InlineData("2024-01-04", "5", "orig 5 P 5 O 5")]
    [InlineData("2024-01-05", "5", "orig 10 P 10 O 10 overlap 2")]
    [InlineData("2024-02-01", "5", "orig 10 P 10 O 10 overlap 2")]
    [InlineData("2024-02-02", "5", "orig 10 P 10 O 10 overlap 2")]
    [InlineData("2024-02-02", "6", "orig 11 P 11 O 11")]
    [InlineData("2024-01-01", "6", "orig 11 P 11 O 11 overlap 2")]
    [InlineData("2024-01-04", "6", "orig 11 P 11 O 11 overlap 2")]
    [InlineData("2024-01-05", "6", "orig 11 P 11 O 11")]
    [InlineData("2024-01-01", "4..6", "orig 9..11 P 9..11 O 9..11 overlap 2")]
    public void Reports_on_distant_days_or_with_other_numbers_are_other_facts(string on, string number, string expected)
    {
        var w = new World();
        w.Pledge("2024-01-01", "5");
        w.Pledge(on, number);
        Assert.Equal(expected, w.Sum("2024-03-01"));
    }

    [Fact]
    public void Pledges_with_unlike_deadlines_are_two_facts()
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
    public void Claims_with_one_key_are_about_one_fact_whatever_they_say()
    {
        var w = new World();
        w.Pledge("2023-01-01", "5", key: "p");
        w.Pledge("2024-01-01", "5", key: "p", items: "air-defence");
        w.Arrives("2023-02-01", "2", delivery: "d");
        w.Arrives("2024-02-01", "2", delivery: "d", stage: Stage.Accepted);
        w.Add(ClaimKind.Request, "2023-03-01", "9", request: "r", donors: "");
        w.Add(ClaimKind.Request, "2024-03-01", "9", request: "r", donors: "");
        Assert.Equal([("r", 2), ("p", 2), ("d", 2)], w.At("2024-12-31").All.Select(f => (f.Key!, f.Claims.Count)));
    }

    [Fact]
    public void A_key_without_a_pledge_is_in_no_count()
    {
        var w = new World();
        w.Amend("2024-01-01", "c", "4");
        w.Cancel("2024-01-02", "c");
        w.Add(ClaimKind.Assessment, "2024-01-03", key: "c", assessment: AssessmentKind.Denial);
        w.Add(ClaimKind.Assessment, "2024-01-03", delivery: "d", assessment: AssessmentKind.Denial);
        w.Add(ClaimKind.Assessment, "2024-01-03", request: "r", assessment: AssessmentKind.Denial);
        Assert.Empty(w.At("2024-12-31").All);
        w.Arrives("2024-01-04", "1", key: "c");
        Assert.Equal("D 1 U 1", w.Sum("2024-12-31"));
        Assert.Equal(0, w.Rows("2024-12-31")[0].Measures.Commitments);
    }

    [Fact]
    public void The_commitment_a_delivery_names_does_not_make_it_keyed()
    {
        var w = new World();
        w.Pledge("2023-01-01", "5", key: "a");
        w.Arrives("2024-02-01", "2", key: "a");
        w.Arrives("2024-02-01", "2", key: "a");
        w.Arrives("2024-02-01", "2");
        Assert.Equal("orig 5 P 5 D 2 C 2 O 3", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_report_that_names_another_commitment_than_the_keyed_delivery_it_matches_stays_apart()
    {
        var w = new World();
        w.Arrives("2023-02-01", "2", key: "a", delivery: "d");
        w.Arrives("2024-02-01", "2", delivery: "d");
        w.Arrives("2024-02-01", "2", key: "b");
        Assert.Equal("D 4 U 4 conflicts 1", w.Sum("2024-03-01"));
    }

    [Theory]
    [InlineData("pledge: nothing else", true)]
    [InlineData("donors: DEU+NLD", false)]
    [InlineData("recipient: MDA", false)]
    [InlineData("items: air-defence", false)]
    [InlineData("unit: missile", false)]
    [InlineData("quantity: 4..6", false)]
    [InlineData("basis: remaining", false)]
    [InlineData("kind: request", false)]
    [InlineData("firmness: intent", false)]
    [InlineData("firmness: committed", true)]
    [InlineData("due: 2024-07", false)]
    [InlineData("due: 2024", true)]
    [InlineData("due: none", true)]
    [InlineData("part_of: other", false)]
    [InlineData("part_of: none", true)]
    public void Reports_of_one_fact_are_alike(string unlike, bool one)
    {
        var (what, how) = (unlike.Split(": ")[0], unlike.Split(": ")[1]);
        var w = new World();
        w.Pledge("2024-01-01", "5", due: "2024-06", partOf: "whole");
        w.Add(what == "kind" ? ClaimKind.Request : ClaimKind.Pledge, "2024-01-02",
            what == "quantity" ? how : "5",
            due: what == "due" ? how == "none" ? null : how : "2024-06",
            partOf: what == "part_of" ? how == "none" ? null : how : "whole",
            donors: what == "donors" ? how : "DEU",
            recipient: what == "recipient" ? how : "UKR",
            items: what == "items" ? how : "iris-t",
            unit: what == "unit" ? how : "system",
            basis: what == "basis" ? QuantityBasis.Remaining : QuantityBasis.Increment,
            firmness: what == "firmness" ? Enum.Parse<Firmness>(how, ignoreCase: true) : null);
        var facts = w.At("2024-12-31").All.Where(f => f.Claims.Count > 0).ToList();
        // A claim of basis remaining joins the one commitment that it fits, by another rule.
        Assert.Equal(one || what == "basis" ? 1 : 2, facts.Count);
    }

    [Theory]
    [InlineData("2024-10", "2024-10-15", 1)]
    [InlineData("2024-10-01/2024-10-31", "2024-10-15", 1)]
    [InlineData("2024-10-01/2024-11-01", "2024-10-15", 2)]
    [InlineData("2024-09-30/..", "2024-10-15", 2)]
    [InlineData("../2024-10-15", "2024-10-15", 1)]
    [InlineData("2024-10-10/2024-10-12", "2024-10-15", 1)]
    [InlineData("2024-10-10/2024-10-11", "2024-10-15", 2)]
    public void Deliveries_are_one_where_their_days_overlap_or_nearly_do_and_are_not_wider_than_a_month(string first, string second, int facts)
    {
        var w = new World();
        w.Arrives(first, "1");
        w.Arrives(second, "1");
        Assert.Equal((facts, facts == 1 ? 0 : 2), w.Rows("2024-12-31")[0].Measures is var m ? (m.Deliveries, m.PossibleOverlap) : default);
    }

    [Fact]
    public void Of_two_claims_of_one_article_the_later_by_external_id_stays_apart()
    {
        var w = new World();
        w.Arrives("2024-10-03", "1", article: "b");
        var later = w.Add(ClaimKind.Delivery, "2024-10-03", "1", article: "a", id: "2");
        var earlier = w.Add(ClaimKind.Delivery, "2024-10-03", "1", article: "a", id: "1");
        Assert.Equal([2, 1], w.At("2024-12-31").Deliveries.Select(d => d.Claims.Count));
        Assert.Contains(earlier, w.At("2024-12-31").Deliveries[0].Claims);
        Assert.Contains(later, w.At("2024-12-31").Deliveries[1].Claims);
    }

    [Theory]
    [InlineData("2024-10-20", "4..6", "air-defence", "other", 2)]
    [InlineData("2024-10-20", "4..6", "iris-t-slm", "other", 2)]
    [InlineData("2024-10-20", "4..6", "hawk", "other", 0)]
    [InlineData("2024-10-20", "6", "air-defence", "other", 0)]
    [InlineData("2024-11-01", "5", "air-defence", "other", 2)]
    [InlineData("2024-10-20", "7", "air-defence", "one", 0)]
    public void A_near_miss_is_for_review(string on, string number, string items, string article, int overlap)
    {
        var w = new World();
        w.Pledge("2024-10-01", "5", article: "one");
        w.Pledge(on, number, items: items, article: article);
        Assert.Equal(overlap, w.Rows("2024-12-31").Sum(r => r.Measures.PossibleOverlap));
        Assert.All(w.Resolve().Candidates, c => Assert.Equal(CandidateReason.NearMiss, c.Reason));
    }

    [Fact]
    public void A_fact_is_paired_with_twenty_near_misses_and_with_more_when_these_are_settled()
    {
        const int max = Candidates.MaxPairs;
        var w = new World();
        for (var i = 0; i < 2 * max; i++) w.Arrives("2024-10-01", "5", delivery: $"d{i:00}");
        Assert.Equal(2 * max, w.Rows("2024-12-31").Sum(r => r.Measures.PossibleOverlap));
        var candidates = w.Resolve().Candidates;
        Assert.All(candidates.SelectMany(c => new[] { c.A, c.B }).CountBy(f => f), count => Assert.InRange(count.Value, 1, max));

        var settled = candidates.Where(c => c.A.Key == "d00").ToList();
        foreach (var (c, i) in settled.Select((c, i) => (c, i))) w.Decide(new Decision.Split(i, c.A.First.FirstEditionId, c.B.First.FirstEditionId));
        var next = w.Resolve().Candidates.Where(c => c.A.Key == "d00").ToList();
        Assert.NotEmpty(next);
        Assert.Empty(next.IntersectBy(settled.Select(c => c.B.Key), c => c.B.Key));
    }

    [Fact]
    public void A_fact_whose_near_misses_all_have_enough_pairs_is_paired_with_the_nearest()
    {
        const int max = Candidates.MaxPairs;
        var w = new World();
        w.Arrives("2024-09-20", "5..7", delivery: "first");
        for (var i = 0; i < max; i++) w.Arrives("2024-10-01", "5", delivery: $"d{i:00}");
        w.Arrives("2024-10-12", "7", delivery: "last");
        var last = Assert.Single(w.Resolve().Candidates, c => c.B.Key == "last");
        Assert.Equal(("first", CandidateReason.NearMiss), (last.A.Key, last.Reason));
        Assert.Equal(max + 2, w.Rows("2024-12-31").Sum(r => r.Measures.PossibleOverlap));
    }

    [Fact]
    public void An_intent_and_a_similar_pledge_are_for_review()
    {
        var w = new World();
        w.Pledge("2024-10-01", "5", firmness: Firmness.Intent);
        w.Pledge("2024-10-02", "5");
        Assert.Equal("I 5 orig 5 P 5 O 5 overlap 2", w.Sum("2024-12-31"));
    }

    [Fact]
    public void The_grouping_of_claims_does_not_depend_on_the_day()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5");
        w.Pledge("2024-01-04", "5");
        w.Pledge("2024-01-07", "5");
        Assert.Equal("orig 5 P 5 O 5", w.Sum("2024-01-01"));
        Assert.Equal(1, w.Rows("2024-01-01")[0].Claims);
        Assert.Equal(3, w.Rows("2024-01-07")[0].Claims);
    }

    [Fact]
    public void An_assessment_belongs_to_the_closest_fact_it_names()
    {
        var w = new World();
        w.Pledge("2024-01-01", "5", key: "c");
        w.Arrives("2024-02-01", "2", key: "c", delivery: "d");
        w.Add(ClaimKind.Assessment, "2024-03-01", key: "c", delivery: "d", assessment: AssessmentKind.Denial);
        Assert.Equal([false, true], w.At("2024-03-01").All.Select(f => f.Disputed));
        Assert.Equal(3, w.Rows("2024-03-01")[0].Claims);
    }
}
