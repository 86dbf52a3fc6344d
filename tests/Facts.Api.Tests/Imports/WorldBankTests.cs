namespace Facts.Api.Tests.Imports;

/// <summary>110 loans of the World Bank to Ukraine, as its statements of March 2025 have them: real dates, real cents. As NDJSON.</summary>
public sealed class WorldBankTests(WorldBankTests.Loaded loaded) : WorldBankTotalTests(loaded), IClassFixture<WorldBankTests.Loaded>
{
    public sealed class Loaded(Databases databases) : WorldBank(databases, "application/x-ndjson", text => text);
}
