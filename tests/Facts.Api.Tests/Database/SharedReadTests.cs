using Facts.Api.Database;

namespace Facts.Api.Tests.Database;

public sealed class SharedReadTests
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    readonly List<TaskCompletionSource<int>> _reads = [];

    SharedRead<int> Shared(TimeSpan patience) => new(
        () =>
        {
            var read = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_reads) _reads.Add(read);
            return read.Task;
        }, TimeProvider.System, patience);

    [Fact]
    public async Task Callers_that_come_during_a_read_share_the_next_one()
    {
        var shared = Shared(TimeSpan.FromMinutes(1));
        var first = shared.ReadAsync();
        var later = Enumerable.Range(0, 8).Select(_ => shared.ReadAsync()).ToArray();
        Assert.Single(_reads);

        _reads[0].SetResult(1);
        Assert.Equal(1, await first.WaitAsync(Cancel));
        await BegunAsync(2);
        Assert.DoesNotContain(later, l => l.IsCompleted);

        _reads[1].SetResult(2);
        Assert.All(await Task.WhenAll(later).WaitAsync(Cancel), version => Assert.Equal(2, version));
        Assert.Equal(2, _reads.Count);
    }

    [Fact]
    public async Task A_failure_reaches_its_own_callers_alone()
    {
        var shared = Shared(TimeSpan.FromMinutes(1));
        var (first, second) = (shared.ReadAsync(), shared.ReadAsync());

        _reads[0].SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => first.WaitAsync(Cancel));
        await BegunAsync(2);
        _reads[1].SetResult(2);
        Assert.Equal(2, await second.WaitAsync(Cancel));

        var third = shared.ReadAsync();
        _reads[2].SetResult(3);
        Assert.Equal(3, await third.WaitAsync(Cancel));
    }

    [Fact]
    public async Task A_read_that_hangs_holds_up_nobody_else()
    {
        var shared = Shared(TimeSpan.FromMilliseconds(20));
        var hanging = shared.ReadAsync();
        var waiting = shared.ReadAsync();
        await BegunAsync(2);

        _reads[1].SetResult(2);
        Assert.Equal(2, await waiting.WaitAsync(Cancel));
        Assert.False(hanging.IsCompleted);
    }

    async Task BegunAsync(int reads)
    {
        for (var until = Environment.TickCount64 + 30_000; ; await Task.Delay(5, Cancel))
        {
            lock (_reads)
                if (_reads.Count >= reads) return;
            Assert.True(Environment.TickCount64 < until, $"only {_reads.Count} reads have begun");
        }
    }
}
