using Facts.Api.Database;

namespace Facts.Api.Tests.Database;

public sealed class WriteTurnsTests
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    readonly WriteTurns _turns = new(1);

    [Fact]
    public async Task A_write_begins_when_another_ends_or_waits_for_a_lock()
    {
        await _turns.BeginAsync(Cancel);
        var second = _turns.BeginAsync(Cancel);
        Assert.False(second.IsCompleted);
        _turns.End();
        await second;
        // The first has its lock and goes on beside the second. A third waits for both.
        _turns.GoOn();
        var third = _turns.BeginAsync(Cancel);
        _turns.End();
        Assert.False(third.IsCompleted);
        _turns.End();
        await third;
    }

    [Fact]
    public async Task A_write_that_has_waited_for_half_a_second_begins_beside_the_others()
    {
        await _turns.BeginAsync(Cancel);
        await _turns.BeginAsync(Cancel);
        _turns.End();
        Assert.False(_turns.BeginAsync(Cancel).IsCompleted);
    }

    [Fact]
    public async Task A_write_that_is_given_up_takes_no_turn()
    {
        await _turns.BeginAsync(Cancel);
        using var caller = new CancellationTokenSource();
        var waiting = _turns.BeginAsync(caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _turns.End();
        Assert.True(_turns.BeginAsync(Cancel).IsCompletedSuccessfully);
    }
}
