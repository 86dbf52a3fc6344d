namespace Facts.Api.Hosting;

/// <summary>Whether the service takes requests yet.</summary>
internal sealed class StartupState
{
    volatile bool _started;

    public bool Started
    {
        get => _started;
        set => _started = value;
    }
}
