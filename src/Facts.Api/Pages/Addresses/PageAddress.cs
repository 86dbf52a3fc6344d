using Facts.Api.Http;

namespace Facts.Api.Pages;

/// <summary>A path with its query, from which the addresses of other questions are made. Values keep their order.</summary>
internal sealed record PageAddress(string Path, IReadOnlyList<(string Name, string Value)> Query)
{
    public PageAddress(string path) : this(path, []) { }

    /// <summary>The address of a request, without empty values.</summary>
    public static PageAddress Of(HttpContext http) => new(http.Request.Path.Value ?? "/",
        [.. http.Request.Query.SelectMany(p => p.Value, (p, value) => (p.Key, value ?? "")).Where(p => p.Item2.Length > 0)]);

    public IEnumerable<string> Values(string name) => Query.Where(p => p.Name == name).Select(p => p.Value);

    public string? Value(string name) => Values(name).FirstOrDefault();

    /// <summary>The same question with one value of a parameter, in place of all its values; null takes the parameter out. A page begins anew.</summary>
    public PageAddress With(string name, string? value) => this with
    {
        Query = [.. Query.Where(p => p.Name != name && p.Name is not ("cursor" or "start")), .. value is null ? [] : new[] { (name, value) }],
    };

    public PageAddress WithAll(string name, IEnumerable<string> values) => this with
    {
        Query = [.. Query.Where(p => p.Name != name && p.Name is not ("cursor" or "start")), .. values.Select(v => (name, v))],
    };

    /// <summary>The same question without one of the values of a parameter.</summary>
    public PageAddress WithoutValue(string name, string value) => this with
    {
        Query = [.. Query.Where(p => (p.Name, p.Value) != (name, value) && p.Name is not ("cursor" or "start"))],
    };

    /// <summary>The parameters of these names only, at another path.</summary>
    public PageAddress At(string path, IEnumerable<string> names) => new(path, [.. Query.Where(p => names.Contains(p.Name))]);

    public override string ToString() => Query.Count == 0 ? Path : Path + "?" + QueryText.Write(Query);
}
