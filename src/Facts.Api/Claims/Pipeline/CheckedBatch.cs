namespace Facts.Api.Claims;

/// <summary>A batch whose rows are validated, each by itself: up to 1,000 rows of an import that are stored together.</summary>
internal sealed record CheckedBatch(IReadOnlyList<ParsedRow> Rows, BatchErrors Errors)
{
    /// <summary>Rows that could be parsed, valid or not.</summary>
    public IEnumerable<ParsedRow> Readable => Rows.Where(r => r.Claim is not null);

    /// <summary>Rows without an error so far.</summary>
    public IEnumerable<ParsedRow> Valid => Readable.Where(r => !Errors.IsRefused(r));
}
