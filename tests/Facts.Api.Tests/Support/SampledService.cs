namespace Facts.Api.Tests.Support;

/// <summary>The whole service with the sample data, for tests that only read.</summary>
public class SampledService(Databases databases) : FactsService(databases)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        With("Facts:Sample", "true");
    }
}
