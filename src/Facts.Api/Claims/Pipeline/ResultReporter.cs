using Facts.Api.Changes;

namespace Facts.Api.Claims;

/// <summary>Holds the result of a write of one batch that has no stored report: one claim by <c>POST /v1/claims</c>, or the sample.</summary>
internal sealed class ResultReporter : ImportReporter
{
    public WriteResult Result { get; private set; } = new(0, 0, 0, 0, [], [], []);

    /// <summary>The change; null where nothing was stored.</summary>
    public ChangeRecord? Change { get; private set; }

    public override void AddChange(ChangeRecord change) => Change = change;

    public override Task BeginAsync(CancellationToken cancel)
    {
        Change = null;
        return Task.CompletedTask;
    }

    public override Task AddBatchAsync(IReadOnlyList<ParsedRow> rows, WriteResult result, CancellationToken cancel)
    {
        Result = result;
        return Task.CompletedTask;
    }
}
