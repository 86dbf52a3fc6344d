namespace Facts.Api.Http;

/// <summary>Reads what is nested in some rows at a time, by one query: gives, from a row, what is inside.</summary>
internal delegate Task<Func<TRow, object?>> EmbedReader<TRow>(string name, IReadOnlyList<TRow> rows, CancellationToken cancel);
