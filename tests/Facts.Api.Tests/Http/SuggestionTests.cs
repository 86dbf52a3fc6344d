using Facts.Api.Http;

namespace Facts.Api.Tests.Http;

/// <summary>Suggestions for a name that was mistyped.</summary>
public sealed class SuggestionTests
{
    static readonly SuggestionIndex Names =
        new(["donor", "donors", "recipient", "Germany", "Georgia", "Ukraine", "UKR", "quantity_low", "quantity_high", new string('x', 65)]);

    [Theory]
    [InlineData("donr", "donor donors")]
    [InlineData("dnoor", "donor donors")]
    [InlineData("Germny", "Germany")]
    [InlineData("quantitylow", "quantity_low quantity_high")]
    [InlineData("quantity", "quantity_low quantity_high")]
    [InlineData("ukraina", "Ukraine UKR")]
    [InlineData("UK", "UKR")]
    [InlineData("elephant", "")]
    [InlineData("", "")]
    public void The_nearest_names_come_first_and_distant_ones_are_left_out(string word, string near)
    {
        Assert.Equal(near.Split(' ', StringSplitOptions.RemoveEmptyEntries), Names.Find(word));
        // Remembered, it is the same.
        Assert.Equal(near.Split(' ', StringSplitOptions.RemoveEmptyEntries), Names.Find(word));
    }

    [Fact]
    public void A_code_of_two_letters_is_near_to_short_words_only()
    {
        var codes = new SuggestionIndex(["DE", "UA", "EU", "DEU"]);
        Assert.Equal(["EU"], codes.Find("EUU"));
        Assert.Empty(codes.Find("EU-DX"));
        Assert.Equal(["DEU"], codes.Find("DEUX"));
    }

    [Fact]
    public void A_text_that_is_no_typing_mistake_has_no_suggestion()
    {
        Assert.Empty(Names.Find(new string('x', 65)));
    }

    [Fact]
    public void More_names_than_the_cache_holds_are_still_found()
    {
        for (var i = 0; i < 10_001; i++) Names.Find($"word {i}");
        Assert.Equal(["Germany"], Names.Find("Germany"));
    }
}
