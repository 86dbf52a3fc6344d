namespace Facts.Tests.Rules;

/// <summary>Units of numbers.</summary>
public sealed class UnitTests
{
    [Theory]
    [InlineData("EUR", "EUR")]
    [InlineData("eur", "EUR")]
    [InlineData(" Usd ", "USD")]
    [InlineData("dem", "DEM")]
    [InlineData("Systems", "system")]
    [InlineData("KIT", "kit")]
    [InlineData("kit", "kit")]
    [InlineData("batteries", "battery")]
    public void A_unit_has_one_spelling_whatever_the_case(string written, string unit) => Assert.Equal(unit, Unit.Normalize(written));

    [Fact]
    public void A_delivery_that_says_no_unit_is_counted_in_the_unit_of_the_commitment_it_names()
    {
        var w = new World();
        w.Pledge("2024-01-01", "2", key: "c");
        w.Arrives("2024-02-01", null, key: "c", unit: null);
        Assert.Equal("orig 2 P 2 D 0..2 C 0..2 O 0..2 unquantified 1", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_delivery_of_other_donors_is_counted_in_the_unit_of_the_commitment_it_names()
    {
        var w = new World();
        w.Pledge("2024-01-01", "2", key: "c");
        w.Arrives("2024-02-01", null, key: "c", unit: null, donors: "ROU");
        Assert.Equal("orig 2 P 2 D 0..2 C 0..2 O 0..2 unquantified 1", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_further_report_of_a_delivery_is_counted_in_its_unit()
    {
        var w = new World();
        w.Arrives("2024-02-01", "3", delivery: "d", unit: "missile");
        w.Arrives("2024-02-01", null, delivery: "d", unit: null);
        Assert.Equal("D 3 U 3", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_pledge_that_says_no_unit_is_counted_in_that_of_what_changes_it_by_a_number()
    {
        var w = new World();
        w.Pledge("2024-01-01", null, key: "c", unit: null);
        w.Amend("2024-02-01", "c", "4", unit: "system");
        w.Arrives("2024-03-01", "1");
        Assert.Equal("P 4 O 4", w.Sum("2024-02-01"));
        Assert.Equal("P 4 D 1 C 1 O 3", w.Sum("2024-03-01"));
    }

    [Fact]
    public void A_claim_without_a_unit_contradicts_nothing()
    {
        var w = new World();
        w.Pledge("2024-01-01", null, key: "c", unit: null);
        w.Pledge("2024-02-01", "8", key: "c");
        Assert.Equal("unquantified 1", w.Sum("2024-01-15"));
        Assert.Equal("orig 8 P 8 O 8", w.Sum("2024-02-01"));
    }

    [Fact]
    public void A_claim_without_unit_and_key_is_in_a_row_without_unit()
    {
        var w = new World();
        w.Pledge("2024-01-01", "2", key: "c");
        w.Arrives("2024-02-01", null, unit: null);
        Assert.Equal(["orig 2 P 2 O 2", "unquantified 1"], w.Rows("2024-03-01").Select(r => World.Short(r.Measures)));
    }
}
