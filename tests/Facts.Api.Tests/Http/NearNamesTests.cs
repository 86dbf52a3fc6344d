using Facts.Api.Http;

namespace Facts.Api.Tests.Http;

/// <summary>Which name somebody most likely meant.</summary>
public sealed class NearNamesTests
{
    static readonly SuggestionIndex Names = new(["donor", "donors", "recipient", "Germany", "Georgia", "Ukraine", "UKR", "quantity_low", "quantity_high", new string('x', 65)]);

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
    public void The_nearest_come_first_and_what_is_far_not_at_all(string word, string near)
    {
        Assert.Equal(near.Split(' ', StringSplitOptions.RemoveEmptyEntries), Names.Find(word));
        // Remembered, it is the same.
        Assert.Equal(near.Split(' ', StringSplitOptions.RemoveEmptyEntries), Names.Find(word));
    }

    [Fact]
    public void A_text_that_is_no_slip_of_the_finger_is_near_nothing()
    {
        Assert.Empty(Names.Find(new string('x', 65)));
    }

    [Fact]
    public void More_words_than_are_remembered_are_found_all_the_same()
    {
        for (var i = 0; i < 10_001; i++) Names.Find($"word {i}");
        Assert.Equal(["Germany"], Names.Find("Germany"));
    }
}
