namespace Facts.Api.Http;

/// <summary>Reads the embedded rows of some rows, by one query. Gives a function from a row to its embedded rows.</summary>
internal delegate Task<Func<TRow, object?>> EmbedReader<TRow>(string name, IReadOnlyList<TRow> rows, CancellationToken cancel);
