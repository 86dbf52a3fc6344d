namespace Facts.Tests.Rules;

/// <summary>Decisions of editors.</summary>
public sealed class DecisionTests
{
    [Fact]
    public void An_editor_merges_splits_links_and_unlinks()
    {
        var w = new World();
        var (a, b) = (w.Pledge("2024-01-01", "5"), w.Pledge("2024-01-20", "5"));
        Assert.Equal("orig 10 P 10 O 10 overlap 2", w.Sum("2024-03-01"));
        w.Decide(new Decision.Merge(1, a.FirstEditionId, b.FirstEditionId));
        Assert.Equal("orig 5 P 5 O 5", w.Sum("2024-03-01"));
        w.Decide(new Decision.Split(2, b.FirstEditionId, a.FirstEditionId));
        Assert.Equal("orig 10 P 10 O 10", w.Sum("2024-03-01"));
        var arrived = w.Arrives("2024-02-01", "5");
        Assert.Equal("orig 10 P 10 D 5 C 5 O 5", w.Sum("2024-03-01"));
        w.Decide(new Decision.Unlink(3, arrived.FirstEditionId, a.FirstEditionId));
        w.Decide(new Decision.Unlink(4, arrived.FirstEditionId, b.FirstEditionId));
        Assert.Equal("orig 10 P 10 D 5 U 5 O 10", w.Sum("2024-03-01"));
        w.Decide(new Decision.Link(5, arrived.FirstEditionId, b.FirstEditionId));
        Assert.Equal("orig 10 P 10 D 5 C 5 O 5", w.Sum("2024-03-01", links: LinkPolicy.Explicit));
    }

    [Fact]
    public void A_decision_is_undone_by_leaving_it_out_and_a_later_one_overrules_an_earlier_one()
    {
        var w = new World();
        var (a, b) = (w.Pledge("2024-01-01", "5"), w.Pledge("2024-01-02", "5"));
        string With(params Decision[] decisions) => World.Short(Balance.Rows(
            Balance.States(Resolution.From(w.Claims, World.Items, decisions), new(new(2024, 3, 1))).All, Grouping.None, World.Items, new(2024, 3, 1))[0]
                .Measures);
        Assert.Equal("orig 5 P 5 O 5", With());
        Assert.Equal("orig 10 P 10 O 10", With(new Decision.Split(1, b.FirstEditionId, a.FirstEditionId)));
        Assert.Equal("orig 5 P 5 O 5", With(new Decision.Merge(2, b.FirstEditionId, a.FirstEditionId),
            new Decision.Split(1, b.FirstEditionId, a.FirstEditionId)));
        Assert.Equal("orig 10 P 10 O 10", With(new Decision.Merge(1, b.FirstEditionId, a.FirstEditionId),
            new Decision.Split(2, b.FirstEditionId, a.FirstEditionId)));
    }

    [Fact]
    public void A_merged_fact_answers_to_all_its_keys_and_to_the_smaller_number()
    {
        var w = new World();
        var (a, b) = (w.Pledge("2024-01-01", "5", key: "a"), w.Pledge("2024-06-01", "5", key: "b"));
        w.Amend("2024-07-01", "b", "1");
        w.Arrives("2024-08-01", "2", key: "a");
        w.Decide(new Decision.Merge(1, b.FirstEditionId, a.FirstEditionId));
        Assert.Equal("orig 5 P 6 D 2 C 2 O 4", w.Sum("2024-12-31"));
        Assert.Equal(a.Id, Assert.Single(w.At("2024-12-31").Commitments).FactId);
    }

    [Fact]
    public void A_remainder_that_fits_two_is_settled_by_a_merge()
    {
        var w = new World();
        var first = w.Pledge("2023-01-01", "2", key: "a", publisher: "List");
        w.Pledge("2023-06-01", "2", key: "b", publisher: "List");
        var left = w.Pledge("2024-01-01", "2", basis: QuantityBasis.Remaining, due: "2024-06");
        w.Decide(new Decision.Merge(1, left.FirstEditionId, first.FirstEditionId));
        Assert.Equal("orig 4 P 4 O 4", w.Sum("2024-03-01"));
        Assert.Equal(["2024-06", null], w.At("2024-03-01").Commitments.Select(c => c.Due?.Text));
        Assert.Empty(w.Resolve().Candidates);
    }

    [Fact]
    public void A_remainder_split_from_one_commitment_belongs_to_the_other()
    {
        var w = new World();
        var first = w.Pledge("2023-01-01", "2", article: "a");
        w.Pledge("2023-06-01", "2", article: "a");
        var left = w.Pledge("2024-01-01", "2", basis: QuantityBasis.Remaining, due: "2024-06");
        w.Decide(new Decision.Split(1, left.FirstEditionId, first.FirstEditionId));
        Assert.Equal([null, "2024-06"], w.At("2024-03-01").Commitments.Select(c => c.Due?.Text));
    }

    [Fact]
    public void A_split_claim_leaves_the_key_it_gave()
    {
        var w = new World();
        var (a, b) = (w.Pledge("2024-01-01", "5", key: "k"), w.Pledge("2024-02-01", "7", key: "k"));
        w.Amend("2024-03-01", "k", "1");
        w.Decide(new Decision.Split(1, b.FirstEditionId, a.FirstEditionId));
        Assert.Equal(["6", "7"], w.At("2024-04-01").Commitments.Select(c => World.Show(c.Current!.Value)));
    }

    [Fact]
    public void A_decision_about_claims_that_no_longer_count_does_nothing()
    {
        var w = new World();
        var a = w.Pledge("2024-01-01", "5");
        foreach (var d in new Decision[] { new Decision.Merge(1, a.FirstEditionId, 99), new Decision.Split(2, 99, a.FirstEditionId),
                     new Decision.Link(3, 99, a.FirstEditionId), new Decision.Unlink(4, 99, a.FirstEditionId) })
            w.Decide(d);
        Assert.Equal("orig 5 P 5 O 5", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_decision_may_name_a_fact_by_any_claim_about_it()
    {
        var w = new World();
        var more = w.Amend("2024-07-01", "a", "1");
        var (a, b) = (w.Pledge("2024-01-01", "5", key: "a"), w.Pledge("2024-06-01", "5", key: "b"));
        var denied = w.Add(ClaimKind.Assessment, "2024-07-01", delivery: "d", assessment: AssessmentKind.Denial);
        w.Arrives("2024-08-01", "2", delivery: "d", donors: "ROU");
        w.Decide(new Decision.Merge(1, b.FirstEditionId, more.FirstEditionId));
        w.Decide(new Decision.Link(2, denied.FirstEditionId, more.FirstEditionId));
        Assert.Equal("orig 5 P 6 D 2 C 2 O 4 disputed 1", w.Sum("2024-12-31"));
        w.Decide(new Decision.Split(3, b.FirstEditionId, more.FirstEditionId));
        Assert.Equal("orig 10 P 11 D 2 C 2 O 9 disputed 1", w.Sum("2024-12-31"));
        Assert.NotEqual(a.Id, b.Id);
    }
}
