using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Facts.Api.Tests.Support;

/// <summary>
/// Stands between a service and its database. While it is frozen, it accepts connections and passes nothing on, like a database whose processes are stopped.
/// </summary>
sealed class FreezableRelay : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _end = new();
    readonly NpgsqlConnectionStringBuilder _database;
    readonly Task _accepting;
    TaskCompletionSource _flows = new();

    public FreezableRelay(string connectionString)
    {
        _database = new(connectionString);
        _flows.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        }.ConnectionString;
    }

    /// <summary>Leads to the database through this.</summary>
    public string ConnectionString { get; }

    public void Freeze() => _flows = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw() => _flows.TrySetResult();

    async Task AcceptAsync()
    {
        try
        {
            while (true) _ = RelayAsync(await _listener.AcceptSocketAsync(_end.Token));
        }
        catch (OperationCanceledException)
        {
        }
    }

    async Task RelayAsync(Socket caller)
    {
        using (caller)
        {
            await _flows.Task;
            EndPoint place = _database.Host!.StartsWith('/')
                ? new UnixDomainSocketEndPoint(Path.Combine(_database.Host, $".s.PGSQL.{_database.Port}")) : new DnsEndPoint(_database.Host, _database.Port);
            using var database = new Socket(place is UnixDomainSocketEndPoint ? AddressFamily.Unix : AddressFamily.InterNetwork, SocketType.Stream, 0);
            try
            {
                await database.ConnectAsync(place, _end.Token);
                await Task.WhenAny(PassAsync(caller, database), PassAsync(database, caller));
            }
            catch (Exception over) when (over is SocketException or OperationCanceledException)
            {
                // One side has gone, or the test has ended.
            }
        }
    }

    async Task PassAsync(Socket from, Socket to)
    {
        var bytes = new byte[16_384];
        while (await from.ReceiveAsync(bytes, _end.Token) is > 0 and var count)
        {
            await _flows.Task;
            await to.SendAsync(bytes.AsMemory(0, count), _end.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Thaw();
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }
}
