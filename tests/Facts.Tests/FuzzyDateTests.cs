using System.Globalization;
using CsCheck;

namespace Facts.Tests;

public sealed class FuzzyDateTests
{
    /// <summary>Name, text, first and last day, first and last day of the wider bounds; a dash for an open end.</summary>
    public static readonly TheoryData<string, string, string, string, string, string> Forms = new()
    {
        { "a day", "2024-12-31", "2024-12-31", "2024-12-31", "2024-12-31", "2024-12-31" },
        { "a leap day", "2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29" },
        { "a month", "2024-12", "2024-12-01", "2024-12-31", "2024-12-01", "2024-12-31" },
        { "the February of a leap year", "2024-02", "2024-02-01", "2024-02-29", "2024-02-01", "2024-02-29" },
        { "a year", "2024", "2024-01-01", "2024-12-31", "2024-01-01", "2024-12-31" },
        { "the first year", "1900", "1900-01-01", "1900-12-31", "1900-01-01", "1900-12-31" },
        { "the last year", "2100", "2100-01-01", "2100-12-31", "2100-01-01", "2100-12-31" },
        { "some day of a month", "2024-02-XX", "2024-02-01", "2024-02-29", "2024-02-01", "2024-02-29" },
        { "a day below ten", "2024-12-0X", "2024-12-01", "2024-12-09", "2024-12-01", "2024-12-09" },
        { "a day in the twenties of a short month", "2023-02-2X", "2023-02-20", "2023-02-28", "2023-02-20", "2023-02-28" },
        { "a day in the thirties", "2024-12-3X", "2024-12-30", "2024-12-31", "2024-12-30", "2024-12-31" },
        { "some month of a year", "2024-XX", "2024-01-01", "2024-12-31", "2024-01-01", "2024-12-31" },
        { "a month below ten", "2024-0X", "2024-01-01", "2024-09-30", "2024-01-01", "2024-09-30" },
        { "a month from ten on", "2024-1X", "2024-10-01", "2024-12-31", "2024-10-01", "2024-12-31" },
        { "some day of a year", "2024-XX-XX", "2024-01-01", "2024-12-31", "2024-01-01", "2024-12-31" },
        { "a decade", "202X", "2020-01-01", "2029-12-31", "2020-01-01", "2029-12-31" },
        { "a century", "20XX", "2000-01-01", "2099-12-31", "2000-01-01", "2099-12-31" },
        { "spring", "2024-21", "2024-03-01", "2024-05-31", "2024-03-01", "2024-05-31" },
        { "summer", "2024-22", "2024-06-01", "2024-08-31", "2024-06-01", "2024-08-31" },
        { "autumn", "2024-23", "2024-09-01", "2024-11-30", "2024-09-01", "2024-11-30" },
        { "winter runs into the next year", "2024-24", "2024-12-01", "2025-02-28", "2024-12-01", "2025-02-28" },
        { "winter before a leap year", "2023-24", "2023-12-01", "2024-02-29", "2023-12-01", "2024-02-29" },
        { "the first quarter", "2024-33", "2024-01-01", "2024-03-31", "2024-01-01", "2024-03-31" },
        { "the second quarter", "2024-34", "2024-04-01", "2024-06-30", "2024-04-01", "2024-06-30" },
        { "the third quarter", "2024-35", "2024-07-01", "2024-09-30", "2024-07-01", "2024-09-30" },
        { "the fourth quarter", "2024-36", "2024-10-01", "2024-12-31", "2024-10-01", "2024-12-31" },
        { "uncertain does not widen", "2024-12?", "2024-12-01", "2024-12-31", "2024-12-01", "2024-12-31" },
        { "about a day", "2024-12-31~", "2024-12-31", "2024-12-31", "2024-12-30", "2025-01-01" },
        { "about a month", "2024-12~", "2024-12-01", "2024-12-31", "2024-11-01", "2025-01-31" },
        { "about March, February having a leap day", "2024-03~", "2024-03-01", "2024-03-31", "2024-02-01", "2024-04-30" },
        { "about a year", "2024~", "2024-01-01", "2024-12-31", "2023-01-01", "2025-12-31" },
        { "about the first year", "1900~", "1900-01-01", "1900-12-31", "1899-01-01", "1901-12-31" },
        { "about the last year", "2100~", "2100-01-01", "2100-12-31", "2099-01-01", "2101-12-31" },
        { "about a season", "2024-24~", "2024-12-01", "2025-02-28", "2024-09-01", "2025-05-31" },
        { "about a quarter", "2024-33~", "2024-01-01", "2024-03-31", "2023-10-01", "2024-06-30" },
        { "about a decade is a year off", "202X~", "2020-01-01", "2029-12-31", "2019-01-01", "2030-12-31" },
        { "about some month is a month off", "2024-XX~", "2024-01-01", "2024-12-31", "2023-12-01", "2025-01-31" },
        { "about some day is a day off", "2024-12-XX~", "2024-12-01", "2024-12-31", "2024-11-30", "2025-01-01" },
        { "uncertain and about", "2024-12%", "2024-12-01", "2024-12-31", "2024-11-01", "2025-01-31" },
        { "by a day", "../2024-12-31", "-", "2024-12-31", "-", "2024-12-31" },
        { "by about a month", "../2024-12~", "-", "2024-12-31", "-", "2025-01-31" },
        { "from a day on", "2024-07-09/..", "2024-07-09", "-", "2024-07-09", "-" },
        { "between days", "2024-07-09/2024-12-31", "2024-07-09", "2024-12-31", "2024-07-09", "2024-12-31" },
        { "from one day to the same", "2024-07-09/2024-07-09", "2024-07-09", "2024-07-09", "2024-07-09", "2024-07-09" },
        { "between forms that differ", "2024-22/2025", "2024-06-01", "2025-12-31", "2024-06-01", "2025-12-31" },
        { "each end about by its own precision", "2024-07~/2024-12-31%", "2024-07-01", "2024-12-31", "2024-06-01", "2025-01-01" },
        { "between a decade and a quarter of it", "202X/2024-33", "2020-01-01", "2024-03-31", "2020-01-01", "2024-03-31" },
        { "a month to the year it is in", "2024-12/2024", "2024-12-01", "2024-12-31", "2024-12-01", "2024-12-31" },
    };

    [Theory, MemberData(nameof(Forms))]
    public void A_form_means_these_days(string name, string text, string from, string to, string fuzzyFrom, string fuzzyTo)
    {
        var date = FuzzyDate.Parse(text);
        Assert.True((from, to, fuzzyFrom, fuzzyTo) == (Day(date.From), Day(date.To), Day(date.FuzzyFrom), Day(date.FuzzyTo)),
            $"{name}: {Day(date.From)} to {Day(date.To)}, fuzzy {Day(date.FuzzyFrom)} to {Day(date.FuzzyTo)}");
        Assert.Equal(text, date.Text);
    }

    public static readonly TheoryData<string, string> Refused = new()
    {
        { "", "no date" },
        { "yesterday", "not a" },
        { "24-1-1", "not a date" },
        { "2024-1-1", "not a date" },
        { "20241231", "not a date" },
        { "31.12.2024", "not a date" },
        { "12/31/2024", "one /" },
        { "2024-12-31-01", "not a date" },
        { "-2024", "not a date" },
        { "-0044-03-15", "not a date" },
        { "Y12345", "not a date" },
        { "10000", "not a date" },
        { "٢٠٢٤", "not a date" },
        { "202x", "not a date" },
        { "2024-12-31~?", "not a date" },
        { "?2024", "not a date" },
        { "2024?-12", "not a date" },
        { "~", "not a date" },
        { "2024-12-31T10:00:00Z", "time" },
        { "2024-12-31 ", "spaces" },
        { " 2024", "spaces" },
        { "0000", "years 1900 to 2100" },
        { "1899-12-31", "years 1900 to 2100" },
        { "2101", "years 1900 to 2100" },
        { "2922-02-09", "years 1900 to 2100" },
        { "210X", "years 1900 to 2100" },
        { "2XXX", "years 1900 to 2100" },
        { "XXXX", "years 1900 to 2100" },
        { "9999-24", "years 1900 to 2100" },
        { "2100-24", "years 1900 to 2100" },
        { "2024-00", "no such month" },
        { "2024-13", "no such month" },
        { "2024-20", "no such month" },
        { "2024-25", "no such month" },
        { "2024-32", "no such month" },
        { "2024-37", "no such month" },
        { "2024-2X", "no such month" },
        { "2024-12-00", "no such day" },
        { "2024-12-32", "no such day" },
        { "2024-02-30", "no such day" },
        { "2023-02-29", "no such day" },
        { "2023-02-3X", "no such day" },
        { "2024-13-01", "no such day" },
        { "2024-21-01", "no such day" },
        { "2024-XX-15", "X may only" },
        { "20X4", "X may only" },
        { "202X-12", "X may only" },
        { "..", "only in an interval" },
        { "../..", "open at both ends" },
        { "/2024", "empty end" },
        { "2024/", "empty end" },
        { "/", "empty end" },
        { "2024/2025/2026", "one /" },
        { "2024-12-31/2024-12-30", "ends before it starts" },
        { "2024-12/2024-11~", "ends before it starts" },
        { "2024-30/2025", "start of the interval" },
        { "2024/2025-02-30", "end of the interval" },
        { "..?/2024", "start of the interval" },
        { "\0", "not a date" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void A_text_that_is_no_date_is_refused_with_a_reason_and_the_valid_forms(string text, string reason)
    {
        Assert.False(FuzzyDate.TryParse(text, out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Contains("2024-12-31", error, StringComparison.Ordinal);
        Assert.Contains("../2024-12-31", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_is_short_and_plain_whatever_was_sent()
    {
        Assert.False(FuzzyDate.TryParse(new string('9', 1_000_000) + "\u202e", out _, out var error));
        Assert.True(error.Length < 600);
        Assert.All(error, c => Assert.False(char.IsControl(c)));
    }

    [Fact]
    public void A_day_makes_a_date() => Assert.Equal(FuzzyDate.Parse("2024-12-31"), FuzzyDate.On(new DateOnly(2024, 12, 31)));

    [Fact]
    public void On_or_before_a_day_is_open_at_the_start() => Assert.Equal(FuzzyDate.Parse("../2024-12-31"), FuzzyDate.OnOrBefore(new DateOnly(2024, 12, 31)));

    [Fact]
    public void Another_text_for_the_same_days_is_another_date() => Assert.NotEqual(FuzzyDate.Parse("2024"), FuzzyDate.Parse("2024-XX"));

    static readonly Gen<string> _form =
        from year in Gen.Int[1900, 2099]
        from month in Gen.Int[1, 12]
        from day in Gen.Int[1, 28]
        from season in Gen.OneOf(21, 22, 23, 24, 33, 34, 35, 36)
        from shape in Gen.OneOf($"{year}", $"{year / 10}X", $"{year}-{month:00}", $"{year}-XX", $"{year}-{month:00}-{day:00}", $"{year}-{month:00}-XX",
            $"{year}-{season}")
        from qualifier in Gen.OneOf("", "?", "~", "%")
        select shape + qualifier;

    static readonly Gen<FuzzyDate> _date =
        from start in _form
        from end in _form
        from text in Gen.OneOf(start, $"{start}/..", $"../{end}", $"{start}/{end}", $"{end}/{start}")
        select FuzzyDate.TryParse(text, out var date, out _) ? date : FuzzyDate.Parse(start);

    [Fact]
    public void The_text_of_a_date_reads_as_the_same_date() => _date.Sample(date =>
    {
        var again = FuzzyDate.Parse(date.Text);
        return again == date && (again.From, again.To, again.FuzzyFrom, again.FuzzyTo) == (date.From, date.To, date.FuzzyFrom, date.FuzzyTo);
    });

    [Fact]
    public void The_first_day_is_never_after_the_last() => _date.Sample(date => date.From is null || date.To is null || date.From <= date.To);

    [Fact]
    public void Fuzzy_bounds_hold_the_strict_ones_and_are_open_where_they_are() => _date.Sample(date =>
        date.FuzzyFrom is null == date.From is null && date.FuzzyTo is null == date.To is null
        && !(date.FuzzyFrom > date.From) && !(date.FuzzyTo < date.To));

    [Fact]
    public void Any_text_at_all_gets_an_answer() =>
        Gen.String[Gen.Char["0123456789X-/.~?%T "], 0, 24].Sample(text =>
            FuzzyDate.TryParse(text, out var date, out var error) ? date.Text == text : error.Length > 0);

    static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";
}
