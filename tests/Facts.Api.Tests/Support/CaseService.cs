using Microsoft.Extensions.Time.Testing;

namespace Facts.Api.Tests.Support;

/// <summary>
/// A service with a few items, for tests with a <see cref="Case"/>. Its clock stands before every claim, so that each requested day is in its future and
/// balance totals answer. The explanation of a row is computed from the claims, and <see cref="Case"/> compares the row with it.
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
