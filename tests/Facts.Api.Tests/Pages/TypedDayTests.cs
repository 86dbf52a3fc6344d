using Facts.Api.Pages;

namespace Facts.Api.Tests.Pages;

/// <summary>Days as people type them.</summary>
public sealed class TypedDayTests
{
    static readonly DateOnly Today = new(2025, 6, 7);

    [Theory]
    [InlineData("2024-12-04", "2024-12-04")]
    [InlineData("2024/12/4", "2024-12-04")]
    [InlineData("4.12.2024", "2024-12-04")]
    [InlineData("31.01.2025", "2025-01-31")]
    [InlineData("15/04/2024", "2024-04-15")]
    [InlineData("04/15/2024", "2024-04-15")]
    [InlineData("5/5/2024", "2024-05-05")]
    [InlineData("5 March 2024", "2024-03-05")]
    [InlineData("Mar 5th, 2024", "2024-03-05")]
    [InlineData(" TODAY ", "2025-06-07")]
    [InlineData("yesterday", "2025-06-06")]
    public void A_day_that_is_one_is_read(string typed, string day) => Assert.Equal(DateOnly.Parse(day), TypedDay.Read(typed, Today).Day);

    [Fact]
    public void A_day_that_can_be_two_is_neither()
    {
        var typed = TypedDay.Read("5/3/2024", Today);
        Assert.Null(typed.Day);
        Assert.Equal((new DateOnly(2024, 3, 5), new DateOnly(2024, 5, 3)), typed.Other);
    }

    [Theory]
    [InlineData("")]
    [InlineData("31.02.2024")]
    [InlineData("5/3/24")]
    [InlineData("13/13/2024")]
    [InlineData("2024")]
    [InlineData("2024-13-01")]
    [InlineData("0.0.2024")]
    [InlineData("5 Smarch 2024")]
    [InlineData("１.１.2024")]
    [InlineData("99999-01-01")]
    public void A_text_that_is_no_day_is_none(string typed)
    {
        Assert.Null(TypedDay.Read(typed, Today).Day);
        Assert.Null(TypedDay.Read(typed, Today).Other);
    }
}
