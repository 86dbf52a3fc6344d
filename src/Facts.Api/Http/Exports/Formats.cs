using Microsoft.Net.Http.Headers;

namespace Facts.Api.Http;

/// <summary>Chooses the format of an answer: <c>format=</c> overrides <c>Accept</c>.</summary>
internal static class Formats
{
    /// <param name="http">The request.</param>
    /// <param name="offered">The formats that the endpoint has; the first is the default.</param>
    /// <param name="word">The value of <c>format=</c>, null if it was not given.</param>
    public static (Format Format, Problem? Problem) Choose(HttpContext http, IReadOnlyList<Format> offered, string? word)
    {
        if (word is not null)
            return offered.FirstOrDefault(f => f.Word == word) is { } named ? (named, null) : (offered[0], Unsupported(offered, word));
        var accept = http.Request.Headers.Accept;
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var ranges)) return (offered[0], null);
        var best = offered
            .Select((format, order) => (format, order, quality: Quality(ranges, format)))
            .Where(x => x.quality > 0).OrderByDescending(x => x.quality).ThenBy(x => x.order).FirstOrDefault();
        return best.format is { } wanted ? (wanted, null) : (offered[0], NotAcceptable(offered));
    }

    /// <summary>406 if the caller does not accept JSON, else null. For endpoints that answer only JSON.</summary>
    public static Problem? RefusesJson(HttpContext http) => Choose(http, Format.ForItem, null).Problem;

    /// <summary>The quality of the most exact range that the format falls under; 0 for none.</summary>
    static double Quality(IList<MediaTypeHeaderValue> ranges, Format format)
    {
        var type = new MediaTypeHeaderValue(format.MediaType);
        return ranges.Where(r => type.IsSubsetOf(Bare(r)))
            .OrderBy(r => r.MatchesAllTypes ? 2 : r.MatchesAllSubTypes ? 1 : 0)
            .Select(r => r.Quality ?? 1).FirstOrDefault();
    }

    // A parameter such as charset=utf-8 or header=present excludes no format.
    static MediaTypeHeaderValue Bare(MediaTypeHeaderValue range) => new(range.MediaType);

    static Problem NotAcceptable(IReadOnlyList<Format> offered) =>
        Problems.NotAcceptable.Because("what can be had here is " + string.Join(", ", offered.Select(f => f.MediaType)));

    static Problem Unsupported(IReadOnlyList<Format> offered, string word)
    {
        var words = offered.Select(f => f.Word).ToList();
        return Problems.UnsupportedFormat.At(ProblemError.InQuery(
            Problems.UnsupportedFormat, "format", $"'{word}' {EnumWords.Complaint(word, words)}", word, Suggestions.Nearest(word, words)));
    }
}
