using CsCheck;
using static Facts.QuantityQualifier;

namespace Facts.Tests;

public sealed class QuantityTests
{
    /// <summary>Name, qualifier and numbers as given; expected qualifier and numbers.</summary>
    public static readonly TheoryData<string, QuantityQualifier?, decimal?, decimal?, QuantityQualifier, decimal?, decimal?> Accepted = new()
    {
        { "two", Exact, 2, 2, Exact, 2, 2 },
        { "exact by its low alone", Exact, 2, null, Exact, 2, 2 },
        { "exact by its high alone", Exact, null, 2, Exact, 2, 2 },
        { "none at all is a number", Exact, 0, 0, Exact, 0, 0 },
        { "at least 20", AtLeast, 20, null, AtLeast, 20, null },
        { "up to 10", AtMost, null, 10, AtMost, 0, 10 },
        { "up to 10, its zero given", AtMost, 0, 10, AtMost, 0, 10 },
        { "four to six", QuantityQualifier.Range, 4, 6, QuantityQualifier.Range, 4, 6 },
        { "about 10", Approximate, 10, null, Approximate, 10, 10 },
        { "about 10 by its high", Approximate, null, 10, Approximate, 10, 10 },
        { "about 10 as the contributor reads it", Approximate, 8, 12, Approximate, 8, 12 },
        { "vague without numbers and without a word", Vague, null, null, Unspecified, null, null },
        { "vague, its low known", Vague, 30, null, Vague, 30, null },
        { "vague, its high known", Vague, null, 90, Vague, 0, 90 },
        { "vague, both known", Vague, 30, 90, Vague, 30, 90 },
        { "whatever we can give", Unspecified, null, null, Unspecified, null, null },
        { "no qualifier, equal numbers", null, 2, 2, Exact, 2, 2 },
        { "no qualifier, only a low", null, 20, null, AtLeast, 20, null },
        { "no qualifier, only a high", null, null, 10, AtMost, 0, 10 },
        { "no qualifier, two numbers", null, 4, 6, QuantityQualifier.Range, 4, 6 },
        { "no qualifier, no number", null, null, null, Unspecified, null, null },
        { "four digits after the point", Exact, 0.0001m, null, Exact, 0.0001m, 0.0001m },
        { "zeros at the end are no digits", Exact, 1.500000m, null, Exact, 1.5m, 1.5m },
        { "the largest", Exact, 1_000_000_000_000_000m, null, Exact, 1_000_000_000_000_000m, 1_000_000_000_000_000m },
    };

    [Theory, MemberData(nameof(Accepted))]
    public void A_reported_number_becomes_an_interval(string name, QuantityQualifier? qualifier, decimal? low, decimal? high,
        QuantityQualifier qualifierThen, decimal? lowThen, decimal? highThen)
    {
        var quantity = Of(qualifier, low, high);
        Assert.True((qualifierThen, lowThen, highThen) == (quantity.Qualifier, quantity.Low, quantity.High), $"{name}: {quantity}");
    }

    /// <summary>Name, qualifier and numbers as given, and the members with errors in order.</summary>
    public static readonly TheoryData<string, QuantityQualifier?, decimal?, decimal?, string> Refused = new()
    {
        { "negative", null, -1, null, "quantity_low" },
        { "both negative", Exact, -1, -1, "quantity_low quantity_high" },
        { "minus zero", null, new decimal(0, 0, 0, true, 0), null, "quantity_low" },
        { "minus zero as a fraction", null, null, new decimal(0, 0, 0, true, 2), "quantity_high" },
        { "too large", null, 1_000_000_000_000_001m, null, "quantity_low" },
        { "too large by a fraction", null, null, 1_000_000_000_000_000.0001m, "quantity_high" },
        { "the largest decimal", null, decimal.MaxValue, null, "quantity_low" },
        { "five digits after the point", null, 0.00001m, null, "quantity_low" },
        { "low above high", null, 6, 4, "quantity_low" },
        { "exact without a number", Exact, null, null, "quantity_qualifier" },
        { "exact with two numbers", Exact, 4, 6, "quantity_qualifier" },
        { "at least without its low", AtLeast, null, null, "quantity_low" },
        { "at least with a high", AtLeast, 20, 30, "quantity_high" },
        { "at least by its high", AtLeast, null, 30, "quantity_low quantity_high" },
        { "at most without its high", AtMost, null, null, "quantity_high" },
        { "at most with a low", AtMost, 4, 10, "quantity_low" },
        { "at most by its low", AtMost, 4, null, "quantity_high quantity_low" },
        { "a range without its high", QuantityQualifier.Range, 4, null, "quantity_high" },
        { "a range without its low", QuantityQualifier.Range, null, 6, "quantity_low" },
        { "a range without numbers", QuantityQualifier.Range, null, null, "quantity_low quantity_high" },
        { "approximate without a number", Approximate, null, null, "quantity_qualifier" },
        { "unspecified with a number", Unspecified, 1, null, "quantity_qualifier" },
        { "all that is wrong at once", Unspecified, -6.00001m, -7, "quantity_low quantity_low quantity_high quantity_low quantity_qualifier" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void A_contradiction_is_refused_at_its_members(string name, QuantityQualifier? qualifier, decimal? low, decimal? high, string members)
    {
        Assert.False(Quantity.TryCreate(qualifier, low, high, null, mayBeNegative: false, out _, out var errors));
        Assert.True(members == string.Join(' ', errors.Select(e => e.Member)), $"{name}: {string.Join("; ", errors)}");
    }

    [Fact]
    public void Only_an_increment_of_an_amendment_may_be_negative()
    {
        Assert.True(Quantity.TryCreate(null, -3, -3, null, mayBeNegative: true, out var less, out _));
        Assert.Equal(Interval.Exactly(-3), less.Under(VaguePolicy.Acled));
        Assert.False(Quantity.TryCreate(null, -3, -3, null, mayBeNegative: false, out _, out _));
    }

    [Fact]
    public void Not_even_an_increment_is_minus_zero_or_below_the_smallest()
    {
        Assert.False(Quantity.TryCreate(null, new decimal(0, 0, 0, true, 0), null, null, mayBeNegative: true, out _, out _));
        Assert.False(Quantity.TryCreate(null, -1_000_000_000_000_001m, null, null, mayBeNegative: true, out _, out _));
    }

    /// <summary>Text, policy, and the least number that it means; null without a number.</summary>
    public static readonly TheoryData<string?, string, decimal?> Words = new()
    {
        { "dozens", "acled", 12 },
        { "Dozens of launchers", "acled", 12 },
        { "tens", "acled", 10 },
        { "tens of vehicles", "acled", 10 },
        { "hundreds of 155-mm shells", "acled", 100 },
        { "hundreds of thermal-imaging sights", "acled", 100 },
        { "HUNDREDS!", "acled", 100 },
        { "dozens", "plural", 24 },
        { "tens", "plural", 20 },
        { "hundreds", "plural", 200 },
        { "dozens", "none", null },
        { "dozens, if not hundreds", "acled", null },
        { "dozens and dozens", "acled", null },
        { "several dozen", "acled", null },
        { "several dozens", "acled", null },
        { "a few dozens", "acled", null },
        { "many hundreds", "acled", null },
        { "a two-dozen strong column", "acled", null },
        { "a dozen", "acled", null },
        { "dozen", "acled", null },
        { "a hundred", "acled", null },
        { "half a dozen", "acled", null },
        { "half of dozens", "acled", null },
        { "dozens of half-tracks", "acled", null },
        { "nearly a hundred", "acled", null },
        { "almost hundreds", "acled", null },
        { "fewer than dozens", "acled", null },
        { "less than hundreds", "acled", null },
        { "under hundreds", "acled", null },
        { "up to dozens", "acled", null },
        { "dozens of tanks at most", "acled", null },
        { "at most hundreds", "acled", null },
        { "not dozens", "acled", null },
        { "dozens of them, not all new", "acled", null },
        { "tens of thousands", "acled", null },
        { "tens-of-thousands", "acled", null },
        { "hundreds of thousands of shells", "acled", null },
        { "hundreds of millions of euros", "acled", null },
        { "dozens of", "acled", null },
        { "dozens more", "acled", null },
        { "Dutzende", "acled", null },
        { "scores", "acled", null },
        { "often", "acled", null },
        { "undozensed", "acled", null },
        { "", "acled", null },
        { null, "acled", null },
    };

    [Theory, MemberData(nameof(Words))]
    public void A_vague_word_means_what_the_named_policy_says(string? text, string policy, decimal? least)
    {
        var bounds = Of(Vague, null, null, text).Under(VaguePolicy.Named(policy)!);
        Assert.Equal(least is { } low ? new Interval(low, null) : null, bounds);
    }

    [Fact]
    public void Numbers_of_a_contributor_stand_before_the_word() =>
        Assert.Equal(new Interval(30, 50), Of(Vague, 30, 50, "dozens").Under(VaguePolicy.Acled));

    [Fact]
    public void A_word_is_read_only_where_the_claim_is_vague() => Assert.Null(Of(Unspecified, null, null, "dozens").Under(VaguePolicy.Acled));

    [Fact]
    public void Policies_are_found_by_name_the_default_first()
    {
        Assert.Equal(["acled", "plural", "none"], VaguePolicy.All.Select(p => p.Name));
        Assert.Null(VaguePolicy.Named("guess"));
    }

    [Fact]
    public void Whatever_is_accepted_has_its_low_not_above_its_high() =>
        Gen.Select(Gen.Enum<QuantityQualifier>().Nullable(), _number.Nullable(), _number.Nullable(), Gen.Bool).Sample((qualifier, low, high, mayBeNegative) =>
        {
            var accepted = Quantity.TryCreate(qualifier, low, high, "dozens", mayBeNegative, out var quantity, out var errors);
            if (!accepted) return errors.Count > 0 && errors.All(e => e.Member is "quantity_low" or "quantity_high" or "quantity_qualifier");
            return errors.Count == 0
                && !(quantity!.Low > quantity.High)
                && (quantity.High is null || quantity.Low is not null)
                && (qualifier is null || qualifier == quantity.Qualifier)
                && quantity.Qualifier == Unspecified == quantity.Under(VaguePolicy.Acled) is null
                && (low is null || quantity.Low == low)
                && (high is null || quantity.High == high);
        });

    static readonly Gen<decimal> _number = Gen.OneOf(Gen.Int[-5, 5].Select(n => (decimal)n), Gen.Int[0, 100_000].Select(n => n / 10_000m));

    static Quantity Of(QuantityQualifier? qualifier, decimal? low, decimal? high, string? text = null) =>
        Quantity.TryCreate(qualifier, low, high, text, mayBeNegative: false, out var quantity, out var errors)
            ? quantity
            : throw new InvalidOperationException(string.Join("; ", errors));
}
