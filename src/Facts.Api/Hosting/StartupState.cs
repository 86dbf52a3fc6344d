namespace Facts.Api.Hosting;

/// <summary>Shared state: true when the service accepts requests.</summary>
internal sealed class StartupState
{
    volatile bool _isStarted;

    public bool IsStarted
    {
        get => _isStarted;
        set => _isStarted = value;
    }
}
