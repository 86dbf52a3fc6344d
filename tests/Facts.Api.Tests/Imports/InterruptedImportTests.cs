using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Facts.Api.Tests.Hosting;
using Facts.EmbeddedPostgres;
using Npgsql;

namespace Facts.Api.Tests.Imports;

/// <summary>Imports that are interrupted: the caller disconnects in the middle of its file, or the disk is full.</summary>
public sealed class InterruptedImportTests(Databases databases) : ImportServerTest
{
    [Fact]
    public async Task A_file_that_is_cut_stores_nothing_and_the_next_file_is_stored()
    {
        await using var service = await StartAsync(await databases.NewDatabaseAsync(), Data);
        using var api = Client(service);
        foreach (var file in new[] { ImportCaller.Table("cut", 500), ImportCaller.Table("cut", 260_000) })
            foreach (var isChunked in new[] { false, true })
                foreach (var isReset in new[] { false, true })
                {
                    var answer = await SendHalfAsync(service, file, isChunked, isReset);
                    Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal), answer);
                }
        await UntilAsync(() => Spooled(Data) == 0, "what came of the files is gone");
        Assert.Equal((0, 0), (await CountAsync(api, "claims"), await CountAsync(api, "imports")));
        Assert.Equal(500, (await LoadAsync(api, 500)).Body.Number("rows_created"));
        await VerifyAsync(api);

        service.Process.Kill();
        var output = await service.Output;
        Assert.False(output.Contains("\nfail:", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task With_a_full_spool_a_large_import_is_507_and_small_imports_succeed()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 12);
        await using var service = await StartAsync(await databases.NewDatabaseAsync(), disk.Path);
        using var api = Client(service);
        for (var tries = 0; tries < 3; tries++)
        {
            var (status, problem) = await LoadAsync(api, 250_000);
            Assert.Equal((507, "storage_full"), (status, problem.Word("code")));
            Assert.Equal(0, Spooled(disk.Path));
        }
        Assert.Equal((0, 0), (await CountAsync(api, "claims"), await CountAsync(api, "imports")));

        var (_, queued) = await LoadAsync(api, 2_000);
        Assert.Equal("2000 read, 2000 created, 0 updated, 0 unchanged, 0 failed", (await api.EndedAsync(queued)).Counts());
        await VerifyAsync(api);
    }

    [Fact]
    public async Task With_a_full_database_an_import_fails_with_that_reason_and_succeeds_once_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 24);
        await using var server = await EmbeddedServer.StartAsync(Options, Cancel);
        await AskAsync<object>(server.ConnectionString, $"create tablespace small location '{await disk.DirectoryForAsync(server.ProcessId)}'");
        await AskAsync<object>(server.ConnectionString, "create database full_soon tablespace small");
        var database = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "full_soon" }.ConnectionString;
        await using (var migration = new RunningService(Settings(database, Path.Combine(Below, "spool")), ["migrate"])) await migration.Output;
        await using var service = await StartAsync(database, Path.Combine(Below, "spool"));
        using var api = Client(service);
        Assert.Equal(200, (await LoadAsync(api, 1_000)).Status);

        var (status, queued) = await LoadAsync(api, 10_000);
        Assert.Equal(202, status);
        var ended = await api.EndedAsync(queued);
        Assert.Equal(("failed", "there is no room to store this; reading goes on"), (ended.Word("state"), ended.Word("reason")));
        Assert.Equal(1_000, await CountAsync(api, "claims"));
        await VerifyAsync(api);
        Assert.Equal(0, Spooled(Path.Combine(Below, "spool")));

        await disk.GrowAsync(megabytes: 96);
        (_, queued) = await LoadAsync(api, 10_000);
        Assert.Equal("10000 read, 9000 created, 0 updated, 1000 unchanged, 0 failed", (await api.EndedAsync(queued)).Counts());
        await VerifyAsync(api);
    }

    static Task<(int Status, JsonElement Body)> LoadAsync(HttpClient api, int rows) => api.LoadAsync(ImportCaller.Table("broken", rows), "create_missing=true");

    /// <summary>Sends the first half of a file, up to the end of a line, so that it looks complete. Then closes or resets the connection.</summary>
    /// <returns>The response.</returns>
    static async Task<string> SendHalfAsync(RunningService service, string file, bool isChunked, bool isReset)
    {
        var half = Encoding.UTF8.GetBytes(file[..(file.IndexOf('\n', file.Length / 2) + 1)]);
        using var caller = new TcpClient("localhost", new Uri(service.Address).Port);
        var stream = caller.GetStream();
        var length = isChunked ? "Transfer-Encoding: chunked" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {file.Length}");
        await SayAsync($"POST /v1/imports?create_missing=true HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Key}\r\nContent-Type: text/csv\r\n{length}\r\n\r\n");
        if (isChunked) await SayAsync($"{half.Length:x}\r\n");
        await stream.WriteAsync(half, Cancel);
        if (isChunked) await SayAsync("\r\n");
        if (isReset)
        {
            // Time to read half of it.
            await Task.Delay(50, Cancel);
            caller.LingerState = new LingerOption(true, 0);
            return "";
        }
        caller.Client.Shutdown(SocketShutdown.Send);
        try
        {
            return await new StreamReader(stream).ReadToEndAsync(Cancel);
        }
        catch (IOException)
        {
            // Closed without a response.
            return "";
        }

        Task SayAsync(string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), Cancel).AsTask();
    }
}
