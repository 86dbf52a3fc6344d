using System.Runtime.CompilerServices;

namespace Facts.Api.Imports;

internal static class Prefetch
{
    /// <summary>The same, one ahead: the next is made, on another thread, while the one before is used.</summary>
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
            // Whoever stops half way leaves no reader behind.
            await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        Task<bool> NextAsync() => Task.Run(async () => await enumerator.MoveNextAsync(), CancellationToken.None);
    }
}
