using Microsoft.Extensions.Time.Testing;

namespace Facts.Api.Tests.Balances;

/// <summary>Answers for an earlier known_at. Each test moves the clock of its own service.</summary>
public sealed class RecordTimeTests(Databases databases) : IAsyncLifetime
{
    readonly FakeTimeProvider _clock = new(new DateTimeOffset(2024, 11, 1, 12, 0, 0, TimeSpan.Zero));
    FactsService _service = null!;
    Case _case = null!;

    public async ValueTask InitializeAsync()
    {
        _service = new FactsService(databases) { Clock = _clock };
        await _service.InitializeAsync();
        await Case.AddItemsAsync(_service.Admin);
        _case = new Case(_service.Admin);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    void ItIs(int year, int month, int day) => _clock.SetUtcNow(new DateTimeOffset(year, month, day, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_claim_recorded_late_changes_the_balance_of_earlier_days()
    {
        await _case.LoadAsync(new { kind = "pledge", stated_on = "2024-01-01", quantity = 1 });
        ItIs(2024, 12, 4);
        await _case.LoadAsync(new { kind = "delivery", happened_on = "2024-10-03", quantity = 1 });
        Assert.Equal("[0, 0]", (await _case.RowAsync("2024-11-01", "&known_at=2024-11-15T00:00:00Z"))["delivered"]);
        Assert.Equal("[1, 1]", (await _case.RowAsync("2024-11-01"))["delivered"]);
    }

    [Fact]
    public async Task A_day_is_enough_to_say_when_something_was_known()
    {
        ItIs(2024, 12, 4);
        await _case.LoadAsync(new { kind = "delivery", happened_on = "2024-10-03", quantity = 1 });
        Assert.Empty(await _case.RowsAsync("2024-11-01", "&known_at=2024-11-15"));
        Assert.Single(await _case.RowsAsync("2024-11-01", "&known_at=2024-12-05"));
    }

    [Fact]
    public async Task A_record_that_was_wrong_leaves_no_trace_in_what_was_promised_first()
    {
        object Pledge(int number) => new { external_id = "1", article = "paper", kind = "pledge", stated_on = "2024-01-01", quantity = number };
        await _case.LoadAsync(Pledge(2));
        var wrong = Assert.Single((await _case.GetAsync("/v1/claims")).GetProperty("items").EnumerateArray()).GetProperty("id").GetInt64();
        ItIs(2024, 12, 4);
        Assert.Equal(1, (await _case.LoadAsync(Pledge(4))).GetProperty("rows_updated").GetInt32());
        var row = await _case.RowAsync("2024-11-01");
        Assert.Equal("[4, 4]", row["original"]);
        Assert.Equal("[4, 4]", row["committed"]);
        Assert.Equal("1", row["claims"]);
        Assert.Equal("[2, 2]", (await _case.RowAsync("2024-11-01", "&known_at=2024-11-15T00:00:00Z"))["original"]);
        var kept = new Row(await _case.GetAsync($"/v1/claims/{wrong}"));
        Assert.Equal("[2, 2]", kept["quantity"]);
        Assert.NotEqual("", kept["superseded_at"]);
    }
}
