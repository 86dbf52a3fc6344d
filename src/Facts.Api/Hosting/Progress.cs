namespace Facts.Api.Hosting;

/// <summary>Prints how far a verb is, some seconds apart.</summary>
internal sealed class Progress(string verb)
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    long _saidAt = TimeProvider.System.GetTimestamp();

    public void Report(int done, int all)
    {
        if (TimeProvider.System.GetElapsedTime(_saidAt) < Interval) return;
        _saidAt = TimeProvider.System.GetTimestamp();
        Console.Out.WriteLine($"{verb}: {done} of {all} partitions");
    }
}
