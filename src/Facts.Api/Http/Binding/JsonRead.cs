namespace Facts.Api.Http;

/// <summary>
/// The result of reading a body: the record, the problem to answer with, or both. Both if the record was read in part: the caller can then find more
/// errors in it.
/// </summary>
internal sealed record JsonRead<T>(T? Value, Problem? Problem, IReadOnlySet<string> Given) where T : class;
