using Microsoft.Extensions.Time.Testing;

namespace Facts.Api.Tests.Support;

/// <summary>
/// A service with a few items. Its clock stands before everything that the cases tell of, so that each day asked about is in its future and running totals
/// answer; the explanation of a row is computed from the claims, and <see cref="Case"/> holds the two against each other.
/// </summary>
public sealed class CaseService(Databases databases) : FactsService(databases)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Clock = new FakeTimeProvider(new DateTimeOffset(2023, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await Case.AddItemsAsync(Admin);
    }
}
