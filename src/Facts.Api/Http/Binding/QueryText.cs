namespace Facts.Api.Http;

/// <summary>Writes a query string as <see cref="Parameters"/> reads it, and as people can read it.</summary>
internal static class QueryText
{
    public static string Write(IEnumerable<(string Name, string Value)> query) =>
        string.Join('&', query.Select(p => $"{Uri.EscapeDataString(p.Name)}={Readable(p.Value)}"));

    /// <summary>A value as a parameter of several values takes it: one that holds a comma stands in quotes.</summary>
    public static string Quoted(string value) => value.Contains(',') && !value.Contains('"') ? $"\"{value}\"" : value;

    /// <summary>Several values of one parameter.</summary>
    public static string Join(IEnumerable<string> values) => string.Join(',', values.Select(Quoted));

    // A comma and a colon are legal in a query, and an address is read by people.
    static string Readable(string value) =>
        Uri.EscapeDataString(value).Replace("%2C", ",", StringComparison.Ordinal).Replace("%3A", ":", StringComparison.Ordinal);
}
