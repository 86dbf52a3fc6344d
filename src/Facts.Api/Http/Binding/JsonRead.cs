namespace Facts.Api.Http;

/// <summary>
/// What came of reading a body: the record, the problem to answer with, or both, where the record could be read in part and the caller has more to find wrong with it.
/// </summary>
internal sealed record JsonRead<T>(T? Value, Problem? Problem, IReadOnlySet<string> Given) where T : class;
