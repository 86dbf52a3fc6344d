using CsCheck;

namespace Facts.Tests.Rules;

/// <summary>Facts that may be one: the pairs of the review queue, and how much may be counted twice.</summary>
public sealed class DoubtTests
{
    static string Pairs(World w) => string.Join(", ", w.Resolve().Candidates.Select(c => Reasons.For(c).Rule).Order(StringComparer.Ordinal));

    // Sums, then what may be counted twice, then the reasons of all pairs.
    static string Doubt(World w, string day = "2024-12-31")
    {
        var row = Assert.Single(w.Rows(day));
        return $"{World.Short(row.Measures)} | {row.CommittedOverlap:0.####} {row.DeliveredOverlap:0.####} | {Pairs(w)}";
    }

    [Theory]
    [InlineData("2 2 3", "orig 5 P 5 O 5 overlap 2 | 2 0 | another_number")]
    [InlineData("5 5 5 7", "orig 12 P 12 O 12 overlap 2 | 5 0 | another_number")]
    [InlineData("1200000000 1150000000", "orig 2350000000 P 2350000000 O 2350000000 overlap 2 | 1150000000 0 | another_number")]
    public void Outlets_that_disagree_on_one_day_are_for_review(string numbers, string expected)
    {
        var w = new World();
        foreach (var number in numbers.Split(' ')) w.Pledge("2024-05-01", number);
        Assert.Equal(expected, Doubt(w));
    }

    [Fact]
    public void An_outlet_that_reports_day_after_day_reports_other_things()
    {
        var w = new World();
        foreach (var day in new[] { 1, 3, 5, 7, 9 }) w.Arrives($"2024-05-{day:00}", "100000", publisher: "The Daily");
        Assert.Equal("D 500000 U 500000 overlap 5", w.Sum("2024-12-31"));
        Assert.Equal(400_000, w.Rows("2024-12-31")[0].DeliveredOverlap);
    }

    [Fact]
    public void The_reports_of_a_fact_lie_within_three_days_together()
    {
        var w = new World();
        foreach (var day in new[] { 1, 3, 5, 7, 9 }) w.Arrives($"2024-05-{day:00}", "100000");
        Assert.Equal("D 300000 U 300000 conflicts 2 overlap 3", w.Sum("2024-12-31"));
        Assert.Equal([2, 2, 1], w.At("2024-12-31").Deliveries.Select(d => d.Claims.Count));
    }

    [Theory]
    [InlineData("Daily", "Daily", "orig 100 P 100 O 100 overlap 2 | 50 0 | near_miss")]
    [InlineData("Daily", "DAILY", "orig 100 P 100 O 100 overlap 2 | 50 0 | near_miss")]
    [InlineData("Daily", "Post", "orig 50 P 50 O 50 | 0 0 | ")]
    public void One_outlet_on_two_days_tells_of_two_pledges(string first, string second, string expected)
    {
        var w = new World();
        w.Pledge("2024-05-01", "50", publisher: first);
        w.Pledge("2024-05-03", "50", publisher: second);
        Assert.Equal(expected, Doubt(w));
    }

    [Fact]
    public void The_state_told_as_a_pledge_is_for_review()
    {
        var w = new World();
        w.Pledge("2024-01-10", "6", key: "c");
        w.Amend("2024-03-01", "c", "10", QuantityBasis.Total);
        w.Pledge("2024-03-20", "10");
        Assert.Equal("orig 16 P 20 O 20 overlap 2 | 10 0 | state_told", Doubt(w));
    }

    [Fact]
    public void The_outstanding_rest_told_as_a_pledge_is_for_review()
    {
        var w = new World();
        w.Pledge("2024-01-10", "10");
        w.Arrives("2024-02-10", "4");
        w.Pledge("2024-06-20", "6");
        Assert.Equal("orig 16 P 16 D 4 C 4 O 12 overlap 2 | 6 0 | state_told", Doubt(w));
    }

    [Theory]
    [InlineData(null, "2024-12-31", "2024-12-31", "announced_again")]
    [InlineData("2024-10-15", "2024-12-31", "2024-12-31", "")]
    [InlineData(null, "2024-12-31", "2025-12-01/2025-12-31", "")]
    [InlineData(null, null, null, "announced_again")]
    [InlineData("2024-10-15", null, null, "")]
    public void An_open_pledge_announced_again_is_for_review(string? arrival, string? due, string? dueAgain, string expected)
    {
        var w = new World();
        w.Pledge("2024-09-01", "2", due: due);
        if (arrival is not null) w.Arrives(arrival, "2");
        w.Pledge("2024-12-01", "2", due: dueAgain);
        Assert.Equal((4m, expected), (w.Rows("2024-12-31")[0].Measures.Committed!.Value.Low, Pairs(w)));
    }

    [Fact]
    public void A_joint_pledge_and_that_of_one_partner_are_for_review()
    {
        var w = new World();
        w.Pledge("2024-05-01", "100", donors: "DEU+DNK+NLD");
        w.Pledge("2024-05-04", "100", donors: "DNK");
        Assert.Equal("orig 200 P 200 O 200 overlap 2 | 100 0 | joint_and_own", Doubt(w));
        Assert.All(w.Rows("2024-12-31", Grouping.Donor), row => Assert.Equal(0, row.CommittedOverlap));
    }

    [Fact]
    public void A_delivery_of_a_partner_in_an_open_joint_pledge_is_for_review_until_it_is_linked()
    {
        var w = new World();
        var pledge = w.Pledge("2024-05-01", "100", donors: "DEU+DNK+NLD");
        var delivery = w.Arrives("2024-08-01", "30", donors: "DNK");
        Assert.Equal("orig 100 P 100 D 30 U 30 O 100 overlap 2 | 0 0 | partner_delivery", Doubt(w));
        w.Decide(new Decision.Link(1, delivery.FirstEditionId, pledge.FirstEditionId));
        Assert.Equal("orig 100 P 100 D 30 C 30 O 70 | 0 0 | ", Doubt(w));
    }

    [Fact]
    public void A_delivery_of_a_partner_goes_to_its_own_open_pledge_first()
    {
        var w = new World();
        w.Pledge("2024-05-01", "100", donors: "DEU+DNK+NLD");
        w.Pledge("2024-02-01", "40", donors: "DNK");
        w.Arrives("2024-08-01", "30", donors: "DNK");
        Assert.Equal("", Pairs(w));
    }

    [Theory]
    [InlineData("system", "battery", "another_unit")]
    [InlineData("system", null, "another_unit")]
    [InlineData("USD", "EUR", "")]
    public void One_number_in_two_units_is_for_review_unless_it_is_money(string unit, string? other, string expected)
    {
        var w = new World();
        w.Pledge("2024-05-01", "1", unit: unit);
        w.Pledge("2024-05-02", "1", unit: other);
        Assert.Equal((2, expected), (w.Rows("2024-12-31").Count, Pairs(w)));
    }

    [Fact]
    public void A_delivery_shortly_before_its_pledge_is_for_review_until_it_is_linked()
    {
        var w = new World();
        var delivery = w.Arrives("2024-04-10", "20");
        var pledge = w.Pledge("2024-04-24", "20");
        Assert.Equal("orig 20 P 20 D 20 U 20 O 20 overlap 2 | 0 0 | came_before", Doubt(w));
        w.Decide(new Decision.Link(1, delivery.FirstEditionId, pledge.FirstEditionId));
        Assert.Equal("orig 20 P 20 D 20 C 20 | 0 0 | ", Doubt(w));
    }

    [Theory]
    [InlineData("2024-03-24", "came_before")]
    [InlineData("2024-03-23", "")]
    [InlineData("2024-04-24", "")]
    public void A_delivery_comes_shortly_before_its_pledge_within_31_days(string on, string expected)
    {
        var w = new World();
        w.Arrives(on, "20");
        w.Pledge("2024-04-24", "20");
        Assert.Equal(expected, Pairs(w));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Outlets_that_each_tell_the_same_two_lines_tell_of_two_deliveries(int outlets)
    {
        var w = new World();
        for (var outlet = 0; outlet < outlets; outlet++)
            for (var line = 0; line < 2; line++) w.Arrives("2024-05-01", "1", article: $"outlet-{outlet}");
        Assert.Equal("D 2 U 2 overlap 2 | 0 1 | near_miss", Doubt(w));
        Assert.All(w.At("2024-12-31").Deliveries, d => Assert.Equal(outlets, d.Claims.Count));
    }

    [Fact]
    public void Rows_to_which_one_publisher_gave_keys_are_certainly_different()
    {
        var w = new World();
        for (var i = 0; i < 275; i++) w.Pledge("2024-05-01", "1", key: $"row-{i}", article: "list", publisher: "List");
        Assert.Equal("orig 275 P 275 O 275 | 0 0 | ", Doubt(w));
        w.Pledge("2024-05-02", "1", key: "other", publisher: "Another list");
        Assert.InRange(w.Resolve().Candidates.Count, 3, Candidates.MaxPairs);
    }

    [Fact]
    public void A_crowd_of_rows_with_keys_of_one_publisher_hides_no_pair()
    {
        var w = new World();
        w.Pledge("2024-05-01", "5", items: "iris-t");
        for (var i = 0; i < 2 * Candidates.MaxPairs; i++) w.Pledge("2024-05-02", "5", key: $"row-{i}", items: "hawk", publisher: "List");
        w.Pledge("2024-05-03", "5", key: "all", items: "air-defence", publisher: "List");
        var pair = Assert.Single(w.Resolve().Candidates);
        Assert.Equal("all", pair.B.Key ?? pair.A.Key);
    }

    [Fact]
    public void An_editor_who_keeps_two_facts_apart_has_settled_the_pair()
    {
        var w = new World();
        w.Pledge("2024-05-01", "2");
        w.Pledge("2024-05-01", "3");
        w.Decide(new Decision.Split(1, 1, 2));
        Assert.Equal("orig 5 P 5 O 5 | 0 0 | ", Doubt(w));
    }

    [Fact]
    public void What_another_donor_names_changes_no_pair_of_a_crowd()
    {
        var (alone, beside) = (Crowd(), Crowd());
        beside.Pledge("2024-01-01", "1", donors: "USA", items: "air-defence");

        Assert.Equal(Pairs(alone), Pairs(beside));

        // So many that not each day has a state of its own.
        static World Crowd()
        {
            var (w, random) = (new World(), new Random(1));
            for (var i = 0; i < 400; i++)
            {
                var item = i % 2 == 0 ? "hawk" : "iris-t";
                w.Pledge(Day(random.Next(300)), $"{random.Next(1, 40)}", items: item, publisher: $"outlet {i % 5}");
                w.Arrives(Day(random.Next(300)), $"{random.Next(1, 40)}", items: item, publisher: $"outlet {i % 5}");
            }
            return w;
        }

        static string Day(int number) => new DateOnly(2024, 1, 1).AddDays(number).ToString("yyyy-MM-dd");

        static IEnumerable<(CandidateReason, string)> Pairs(World w) => w.Resolve().Candidates.Select(c => (c.Reason, c.Id)).Order();
    }

    [Fact]
    public void A_thousand_pledges_that_may_repeat_one_another_make_twenty_pairs_each_at_most()
    {
        var w = new World();
        for (var i = 0; i < 1000; i++) w.Pledge(new DateOnly(2020, 1, 1).AddDays(i * 35 % 3500).ToString("yyyy-MM-dd"), "5", key: $"k{i}");
        w.Arrives("2021-01-01", "7");
        var pairs = w.Resolve().Candidates;
        Assert.Equal(1000, Assert.Single(w.Rows("2030-01-01")).Measures.PossibleOverlap);
        foreach (var reason in pairs.GroupBy(p => p.Reason))
            Assert.All(reason.SelectMany(p => new[] { p.A, p.B }).CountBy(f => f), f => Assert.InRange(f.Value, 1, Candidates.MaxPairs));
    }

    // The way in which one report of an event differs from the others.
    static readonly Gen<(string Day, string? Number, string Unit, string Donors, string Items, string? Publisher, bool Keyed)> Reports =
        from day in Histories.Any("2024-05-10", "2024-05-10", "2024-05-12", "2024-05-13", "2024-05")
        from number in Histories.Any<string?>("5", "5", "5", "6", "4..6", "5..", null)
        from unit in Histories.Any("system", "system", "system", "battery")
        from donors in Histories.Any("DEU", "DEU", "DEU", "DEU+DNK", "DEU+DNK+NLD")
        from items in Histories.Any("iris-t", "iris-t", "air-defence", "iris-t-slm")
        from publisher in Histories.Any<string?>(null, null, "Daily", "DAILY", "Post")
        from keyed in Histories.Any(false, false, true)
        select (day, number, unit, donors, items, publisher, keyed);

    [Theory]
    [InlineData(ClaimKind.Pledge)]
    [InlineData(ClaimKind.Delivery)]
    [InlineData(ClaimKind.Request)]
    public void Two_reports_of_one_event_that_differ_in_one_respect_are_a_pair_unless_one_publisher_keyed_them_apart(ClaimKind kind) =>
        Reports.Array[2, 5].Sample(reports =>
        {
            var w = new World();
            foreach (var (r, i) in reports.Select((r, i) => (r, i)))
            {
                var key = r.Keyed ? $"k{i}" : null;
                w.Add(kind, r.Day, r.Number, kind == ClaimKind.Pledge ? key : null, donors: r.Donors, items: r.Items, unit: r.Unit, publisher: r.Publisher,
                    delivery: kind == ClaimKind.Delivery ? key : null, request: kind == ClaimKind.Request ? key : null);
            }
            var resolution = w.Resolve();
            var facts = resolution.Facts.ToList();
            foreach (var (a, i) in facts.Select((f, i) => (f, i)))
                foreach (var b in facts.Skip(i + 1))
                {
                    var isPair = resolution.Candidates.Any(c => c.A == a && c.B == b || c.A == b && c.B == a);
                    if (IsKeyedApart(a, b)) Assert.False(isPair);
                    else if (Differences(a, b) <= 1) Assert.Equal(kind != ClaimKind.Request || a.Unit == b.Unit, isPair);
                }
        }, iter: Histories.Count, print: reports => string.Join('\n', reports));

    static int Differences(Fact a, Fact b)
    {
        var (x, y) = (a.Reports[0], b.Reports[0]);
        var differs = new[] { x.Quantity != y.Quantity, a.Unit != b.Unit, !a.Donors.Equals(b.Donors), !a.Items.Equals(b.Items) };
        return differs.Count(d => d);
    }

    static bool IsKeyedApart(Fact a, Fact b)
    {
        return Keyed(a).Overlaps(Keyed(b));

        static HashSet<string> Keyed(Fact f) => [.. f.Reports
            .Where(c => (c.CommitmentKey ?? c.DeliveryKey ?? c.RequestKey) is not null).Select(c => c.Article.PublisherKey)];
    }
}
