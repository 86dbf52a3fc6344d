namespace Facts.Api.Tests.Contract;

/// <summary>The whole service with the sample data on a port, for programs that run beside the tests.</summary>
public sealed class ListeningService(Databases databases) : SampledService(databases)
{
    public Uri Address => ClientOptions.BaseAddress;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        UseKestrel(0);
        StartServer();
    }
}
