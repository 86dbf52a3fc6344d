using System.Diagnostics;
using System.Net;
using Npgsql;

namespace Facts.Api.Tests.Hosting;

/// <summary>SIGTERM lets requests end, and tells a load balancer to look elsewhere.</summary>
public sealed class DrainTests(Databases databases)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_under_way_ends_and_readiness_ends_at_once()
    {
        var connection = await databases.NewDatabaseAsync();
        var data = Directory.CreateTempSubdirectory("facts-drain-").FullName;
        await using var service = new RunningService(new Dictionary<string, string>
        {
            ["ConnectionStrings__Facts"] = connection,
            ["Facts__DataDirectory"] = data,
            ["Facts__DrainSeconds"] = "6",
        }, []);
        await service.AnswersAsync();
        using var caller = new HttpClient { BaseAddress = new(service.Address) };
        await using var holder = new NpgsqlConnection(connection);
        await holder.OpenAsync(Cancel);
        await using var transaction = await holder.BeginTransactionAsync(Cancel);
        await using (var hold = new NpgsqlCommand("lock table claims in access exclusive mode", holder)) await hold.ExecuteNonQueryAsync(Cancel);
        var slow = caller.GetAsync("/v1/claims?limit=1", Cancel);
        await Task.Delay(300, Cancel);

        using (var kill = Process.Start("kill", $"-TERM {service.Process.Id}")) await kill.WaitForExitAsync(Cancel);
        await Task.Delay(300, Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await caller.GetAsync("/readyz", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/livez", Cancel)).StatusCode);
        // Longer than the announcement, so that the service no longer accepts connections.
        await Task.Delay(2_500, Cancel);
        await transaction.RollbackAsync(Cancel);
        Assert.Equal(HttpStatusCode.OK, (await slow).StatusCode);
        await service.Process.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        Assert.Equal(0, service.Process.ExitCode);
    }
}
