namespace Facts.Api.Http;

/// <summary>Counts the changes of the store; the hosting program says how it is read. A list's ETag and envelope carry it.</summary>
internal sealed class DatasetVersion(Func<HttpContext, CancellationToken, Task<long>> read)
{
    /// <summary>Of the snapshot that the request reads, once for all who ask in it.</summary>
    public async Task<long> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Items.TryGetValue(this, out var known)) return (long)known!;
        var version = await read(http, cancellationToken);
        http.Items[this] = version;
        return version;
    }
}
