using System.Text.Json;

namespace Facts.Api.Tests.Imports;

/// <summary>Two services on one store. Each has a data directory of its own, as on two machines.</summary>
public sealed class TakenOverImportTests(Databases databases) : ImportServerTest
{
    const int Rows = 1_500;

    const string HeldLocks =
        "select count(*) from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and granted and application_name like 'facts import%'";

    [Fact]
    public async Task Another_service_takes_over_the_import_of_a_dead_one_and_a_caller_cancels_it_anywhere()
    {
        var database = await databases.NewDatabaseAsync();
        await using var other = await StartAsync(database, Path.Combine(Below, "other"));
        using var api = Client(other);
        JsonElement queued;
        await using (var first = await StartAsync(database, Path.Combine(Below, "first")))
        {
            using var own = Client(first);
            queued = (await own.LoadAsync(ImportCaller.Table("taken", Rows), "create_missing=true")).Body;
            await RunningAsync(own, queued);
            first.Process.Kill();
        }

        var ended = await api.EndedAsync(queued, minutes: 1);
        Assert.Equal(("done", $"{Rows} read, {Rows} created, 0 updated, 0 unchanged, 0 failed"), (ended.Word("state"), ended.Counts()));
        await VerifyAsync(api);

        await using var third = await StartAsync(database, Path.Combine(Below, "third"));
        using var stranger = Client(third);
        queued = (await api.LoadAsync(ImportCaller.Table("cancelled", 60_000), "create_missing=true")).Body;
        await RunningAsync(stranger, queued);
        using var answer = await stranger.DeleteAsync($"/v1/imports/{queued.Number("id")}", Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        ended = await stranger.EndedAsync(queued, minutes: 1);
        Assert.Equal(("cancelled", "it was cancelled"), (ended.Word("state"), ended.Word("reason")));
        Assert.Equal(Rows, await CountAsync(api, "claims"));
        Assert.Equal(0L, await AskAsync<long>(database, "select count(*) from import_blocks"));
    }

    [Fact]
    public async Task Another_service_takes_over_the_import_of_a_frozen_one_with_its_locks()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a process is frozen by a signal");
        var database = await databases.NewDatabaseAsync();
        await using var first = await StartAsync(database, Path.Combine(Below, "first"));
        using var own = Client(first);
        var queued = (await own.LoadAsync(ImportCaller.Table("frozen", Rows), "create_missing=true")).Body;
        while (await AskAsync<long>(database, HeldLocks) == 0) await Task.Delay(5, Cancel);
        Signal("STOP");
        Assert.NotEqual(0, await AskAsync<long>(database, HeldLocks));

        await using var other = await StartAsync(database, Path.Combine(Below, "other"));
        using var api = Client(other);
        var ended = await api.EndedAsync(queued, minutes: 1);
        Assert.Equal(("done", $"{Rows} read, {Rows} created, 0 updated, 0 unchanged, 0 failed"), (ended.Word("state"), ended.Counts()));
        Signal("CONT");
        Assert.Equal(Rows, await CountAsync(own, "claims"));
        await VerifyAsync(own);

        void Signal(string signal)
        {
            using var kill = System.Diagnostics.Process.Start("kill", [$"-{signal}", $"{first.Process.Id}"]);
            kill.WaitForExit();
        }
    }

    static async Task RunningAsync(HttpClient api, JsonElement import)
    {
        for (var until = Environment.TickCount64 + 60_000; ; await Task.Delay(20, Cancel))
        {
            var now = await new Case(api).GetAsync($"/v1/imports/{import.Number("id")}");
            if (now.Word("state") == "running") return;
            Assert.True(now.Word("state") == "queued" && Environment.TickCount64 < until, now.ToString());
        }
    }
}
