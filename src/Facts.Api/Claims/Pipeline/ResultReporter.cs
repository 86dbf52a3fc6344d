namespace Facts.Api.Claims;

/// <summary>Holds the result of a write of one batch that has no stored report: one claim by <c>POST /v1/claims</c>, or the sample.</summary>
internal sealed class ResultReporter : ImportReporter
{
    public WriteResult Result { get; private set; } = new(0, 0, 0, 0, [], [], []);

    public override Task BeginAsync(CancellationToken cancel) => Task.CompletedTask;

    public override Task AddBatchAsync(IReadOnlyList<ParsedRow> rows, WriteResult result, CancellationToken cancel)
    {
        Result = result;
        return Task.CompletedTask;
    }
}
