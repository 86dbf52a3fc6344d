namespace Facts.Tests;

public sealed class DateWordsTests
{
    [Theory]
    [InlineData("2024-12-31", "31 December 2024")]
    [InlineData("../2024-12-31", "by 31 December 2024")]
    [InlineData("2024-07-09/..", "from 9 July 2024 on")]
    [InlineData("2024-07/2024-09?", "July 2024 to September 2024 (uncertain)")]
    [InlineData("2024-10~", "about October 2024")]
    [InlineData("2024-12-XX", "December 2024")]
    [InlineData("2024-1X", "2024")]
    [InlineData("2024-XX-XX", "2024")]
    [InlineData("202X%", "about 2020s (uncertain)")]
    [InlineData("2024-24", "winter 2024")]
    [InlineData("2024-33", "Q1 2024")]
    public void A_date_is_told_in_words(string text, string words) => Assert.Equal(words, FuzzyDate.Parse(text).InWords());

    [Fact]
    public void A_day_can_be_short() => Assert.Equal("by 1 Feb 2024", FuzzyDate.Parse("../2024-02-01").InWords("d MMM yyyy"));
}
