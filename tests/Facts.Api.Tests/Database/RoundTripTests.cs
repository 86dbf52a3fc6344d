using Facts.Api.Database;
using Facts.Api.Projections;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Facts.Api.Tests.Database;

public sealed class RoundTripTests(FactsService service) : IClassFixture<FactsService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_is_the_same_whether_it_is_written_alone_or_with_many()
    {
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
        var trip = new RoundTrip(database);
        await trip.InsertAsync(Commitments(1, 1), Cancel);
        await trip.InsertAsync(Commitments(2, 100), Cancel);
        await trip.SendAsync(Cancel);
        Assert.Equal(101, await service.ScalarAsync("select count(*) from commitments"));
        Assert.Equal(1, await service.ScalarAsync("select count(distinct to_jsonb(c) - 'id') from commitments c"));
    }

    [Fact]
    public async Task Statements_see_those_before_them_and_rows_come_to_the_question_that_asked()
    {
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
        var trip = new RoundTrip(database);
        trip.Add("create temporary table numbers (n int)");
        await trip.SendAsync(Cancel);
        trip.Add("insert into numbers select * from generate_series(1, 3)");
        var none = trip.Ask("select n from numbers where n > 3", r => r.GetInt32(0));
        var all = trip.Ask("select n from numbers order by n", r => r.GetInt32(0));
        trip.Add("delete from numbers");
        var left = trip.Ask("select count(*) from numbers", r => r.GetInt64(0));
        Assert.Empty(all);
        await trip.SendAsync(Cancel);
        Assert.Empty(none);
        Assert.Equal([1, 2, 3], all);
        Assert.Equal([0L], left);
        trip.Ask("select 1", r => r.GetInt32(0));
        trip.Add("insert into numbers values ('no number')");
        await Assert.ThrowsAsync<PostgresException>(() => trip.SendAsync(Cancel));
    }

    static IEnumerable<CommitmentRow> Commitments(long first, int count) => Enumerable.Range(0, count).Select(i => new CommitmentRow
    {
        Id = first + i,
        Partition = "s:test",
        ValidFrom = new(2024, 1, 31),
        Donors = ["DEU", "FRA"],
        Recipient = "UKR",
        Status = "open",
        DueFrom = new(2024, 2, 29),
        Deadlines = [new("2024-02-29", new(2024, 2, 29), null, 7, "2024-01-31")],
        OnHold = true,
        CommittedLow = 2.5m,
        Claims = 1,
        ClaimIds = [7, 9],
    });
}
