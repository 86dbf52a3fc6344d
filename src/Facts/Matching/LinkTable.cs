namespace Facts;

/// <summary>Links by one of their ends, in the order in which they are given.</summary>
internal sealed class LinkTable
{
    readonly Link[] _links;

    // At i: the place after the last link of end i.
    readonly int[] _until;

    /// <param name="links">The links, each with the number of its end.</param>
    /// <param name="ends">Number of ends.</param>
    public LinkTable(List<(Link Link, int End)> links, int ends)
    {
        (_links, _until) = (new Link[links.Count], new int[ends]);
        foreach (var (_, end) in links) _until[end]++;
        for (var (i, sum) = (0, 0); i < ends; i++) (_until[i], sum) = (sum, sum + _until[i]);
        foreach (var (link, end) in links) _links[_until[end]++] = link;
    }

    public ReadOnlySpan<Link> Of(int end) => _links.AsSpan((end == 0 ? 0 : _until[end - 1])..(_until.Length == 0 ? 0 : _until[end]));
}
