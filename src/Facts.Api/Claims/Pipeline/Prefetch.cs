using System.Runtime.CompilerServices;

namespace Facts.Api.Claims;

internal static class Prefetch
{
    /// <summary>Yields the same elements. The next one is computed on another thread while the caller uses the one before.</summary>
    public static async IAsyncEnumerable<T> PrefetchAsync<T>(this IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var enumerator = source.GetAsyncEnumerator(cancel);
        var next = NextAsync();
        try
        {
            while (await next)
            {
                var one = enumerator.Current;
                next = NextAsync();
                yield return one;
            }
        }
        finally
        {
            // A caller that stops early leaves a read under way, which must end before its file is closed.
            await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        Task<bool> NextAsync() => Task.Run(async () => await enumerator.MoveNextAsync(), CancellationToken.None);
    }
}
