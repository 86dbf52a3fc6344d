using System.Text;

namespace Facts.Api.Http;

/// <summary>
/// Names of files, made of the question that they answer: <c>balances-ukr-air-defence-by-donor-2025-01-01</c>. They have ASCII letters, digits and hyphens.
/// </summary>
internal static class FileName
{
    /// <summary>Most characters before the day, so that a path of Windows holds the name.</summary>
    const int Most = 80;

    /// <summary>Parameters whose values speak for themselves, the subject first.</summary>
    static readonly string[] Plain = ["recipient", "donor", "item", "unit", "kind", "status", "firmness", "publisher", "q", "chart"];

    /// <summary>Parameters that choose no rows, and the day, which ends the name.</summary>
    static readonly string[] Silent =
        ["as_of", "format", "bom", "header", "raw", "download", "fields", "sort", "limit", "cursor", "count", "embed", "facet", "scale"];

    /// <param name="list">The list, such as <c>balances</c>.</param>
    /// <param name="query">The question.</param>
    /// <param name="today">The day of a question that names none; null where the list has no such day.</param>
    public static string Of(string list, IEnumerable<(string Name, string Value)> query, DateOnly? today)
    {
        var all = query.ToList();
        var name = new StringBuilder(Slug(list));
        foreach (var part in all.Where(p => !Silent.Contains(p.Name)).OrderBy(p => Rank(p.Name)).Select(p => Slug(Words(p.Name, p.Value))))
        {
            if (part.Length == 0) continue;
            if (name.Length + part.Length >= Most)
            {
                name.Append("-and-more");
                break;
            }
            name.Append('-').Append(part);
        }
        if (name.Length == 0) name.Append("facts");
        var day = all.Find(p => p.Name == "as_of").Value is { Length: > 0 } given ? Slug(given) : today is { } d ? WireValue.Format(d) : null;
        return day is null ? name.ToString() : $"{name}-{day}";
    }

    /// <summary>The name of the answer to a request of a list.</summary>
    public static string Of(string list, HttpContext http) => Of(list, http.Request.Query.SelectMany(q => q.Value, (q, value) => (q.Key, value ?? "")),
        http.GetEndpoint()?.Metadata.GetMetadata<Operation>()?.Query.Any(p => p.Name == "as_of") == true
            ? http.RequestServices.GetRequiredService<TimeProvider>().Today : null);

    static int Rank(string name) => name == "group_by" ? Plain.Length + 1 : Array.IndexOf(Plain, name) is >= 0 and var at ? at : Plain.Length;

    static string Words(string name, string value) => name == "group_by" ? "by " + value
        : value == "true" ? name : Plain.Contains(name) ? value : $"{name} {value}";

    static string Slug(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        return slug.ToString().TrimEnd('-');
    }
}
