using Facts.Api.Database;

namespace Facts.Api.Tests.Database;

/// <summary>The turns in which writers of one process commit.</summary>
public sealed class CommitTurnTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_commits_at_a_time_and_a_failure_ends_the_turn()
    {
        using var turn = new CommitTurn();
        var (running, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            try
            {
                await turn.CommitAsync(async () =>
                {
                    most = Math.Max(most, Interlocked.Increment(ref running));
                    await Task.Delay(5, Cancel);
                    Interlocked.Decrement(ref running);
                    if (number % 3 == 0) throw new InvalidOperationException("no room");
                }, Cancel);
            }
            catch (InvalidOperationException)
            {
                Assert.Equal(0, number % 3);
            }
        }));

        Assert.Equal((0, 1), (running, most));
    }

    [Fact]
    public async Task Nobody_waits_for_a_commit_that_hangs_and_a_caller_who_leaves_waits_no_longer()
    {
        using var turn = new CommitTurn();
        var hanging = new TaskCompletionSource();
        var first = turn.CommitAsync(() => hanging.Task, Cancel);
        using var gone = new CancellationTokenSource();
        var leaving = turn.CommitAsync(() => throw new InvalidOperationException("was to wait"), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);

        var isCommitted = false;
        await turn.CommitAsync(() =>
        {
            isCommitted = true;
            return Task.CompletedTask;
        }, Cancel);

        Assert.True(isCommitted);
        Assert.False(first.IsCompleted);
        hanging.SetResult();
        await first;
    }
}
