using System.Globalization;
using System.Text;
using Facts.Api.Balances;
using Facts.Api.FactLists;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>The deadlines of commitments as a calendar (RFC 5545). An event has the last day of its deadline.</summary>
internal static class Calendar
{
    /// <summary>The filters of commitments and of balances.</summary>
    public static readonly ParameterSpec[] Parameters =
        [.. ListKinds.Commitments.Filters.Concat(BalanceFilter.Parameters.Where(p => p.Name != "group_by")).DistinctBy(p => p.Name)];

    /// <summary>Octets of a line before it is folded.</summary>
    const int LineLength = 75;

    public static async Task<IResult> AnswerAsync(HttpContext http, FactListAnswers facts, CatalogueCache catalogues, PageFrames frames,
        CancellationToken cancel)
    {
        var question = PageQuestion.Read(http, Parameters, frames.Today);
        if (question.Errors.Count > 0) return Problem.From(question.Errors);
        if (await frames.FreshAsync(http, cancel) is { } notModified) return notModified;
        var (page, problem) = await RoomQuestion.ListAsync<CommitmentRow>(http, "/v1/commitments",
            [.. question.Canonical.At("", ListKinds.Commitments.Filters.Select(p => p.Name)).Query.Where(p => p.Name != "due_on__isnull"),
                ("due_on__isnull", "false"), ("sort", "due_on"), ("limit", $"{ListParameters.MaxRows}")],
            (request, token) => facts.AnswerAsync(request, CommitmentListSchema.Fields, r => r.Commitments, token, FactSelection.Read(question.Parameters)));
        if (page is null) return problem!;
        // A calendar has no second page, and a deadline that is missing would not be noticed.
        if (page.Cursor is not null)
            return Problems.TooManyRows.Because($"more than {ListParameters.MaxRows} deadlines: ask for some of them, for example with due_from");
        var names = (await catalogues.ReadAsync(http, cancel)).Shown;
        var frame = await frames.ReadAsync(http, "Deadlines", question.Canonical, cancel);
        return Results.Text(Write(page.Items, names, frame), "text/calendar; charset=utf-8", Encoding.UTF8);
    }

    static string Write(IEnumerable<CommitmentRow> commitments, IReadOnlyDictionary<string, string> names, PageFrame frame)
    {
        var text = new StringBuilder();
        void Line(string name, string value) => text.Append(Folded(name + ":" + value)).Append("\r\n");
        Line("BEGIN", "VCALENDAR");
        Line("VERSION", "2.0");
        Line("PRODID", "-//Facts//Deadlines//EN");
        Line("X-WR-CALNAME", Escaped(frame.Store.Name + ": deadlines"));
        foreach (var commitment in commitments)
        {
            // A deadline that is open at its end has no day.
            if (commitment.DueTo is not { } day) continue;
            Line("BEGIN", "VEVENT");
            Line("UID", $"commitment-{commitment.Id}@{new Uri(frame.Origin).Host}");
            Line("DTSTAMP", (frame.Store.Updated ?? DateTimeOffset.UnixEpoch).UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
            Line("DTSTART;VALUE=DATE", day.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
            Line("SUMMARY", Escaped($"Due: {FactText.Of(commitment, names)}"));
            Line("DESCRIPTION", Escaped($"{Show.Capital(commitment.Overdue ? "overdue" : Show.Word(commitment.Status))}, due {Show.Date(commitment.DueOn)}."));
            Line("URL", $"{frame.Origin}/commitments/{commitment.Id}");
            Line("TRANSP", "TRANSPARENT");
            Line("END", "VEVENT");
        }
        Line("END", "VCALENDAR");
        return text.ToString();
    }

    static string Escaped(string text) => XmlText.Clean(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal).ReplaceLineEndings("\\n");

    // Folded by octets, and never inside a character.
    static string Folded(string line)
    {
        var (folded, length) = (new StringBuilder(), 0);
        foreach (var rune in line.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > LineLength)
            {
                folded.Append("\r\n ");
                length = 1;
            }
            folded.Append(rune.ToString());
            length += rune.Utf8SequenceLength;
        }
        return folded.ToString();
    }
}
