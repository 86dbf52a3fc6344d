using System.Net;
using System.Net.Sockets;

namespace Facts.Api.Tests.Cli;

/// <summary>A connection that breaks: it passes everything to the service and back, and cuts the first ones after so many bytes.</summary>
sealed class CuttingProxy : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly int _service, _cuts, _after;
    readonly bool _answers;
    readonly Task _accepting;

    /// <param name="service">Address of the service.</param>
    /// <param name="cuts">Number of connections that are cut.</param>
    /// <param name="after">After how many bytes.</param>
    /// <param name="answers">True to count bytes of the answers, false to count bytes of the requests.</param>
    public CuttingProxy(string service, int cuts, int after, bool answers)
    {
        (_service, _cuts, _after, _answers) = (new Uri(service).Port, cuts, after, answers);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int Connections { get; private set; }

    async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    async Task PassAsync(TcpClient caller)
    {
        var limit = ++Connections <= _cuts ? _after : int.MaxValue;
        using var service = new TcpClient("localhost", _service);
        using (caller)
        {
            var (near, far) = (caller.GetStream(), service.GetStream());
            await Task.WhenAny(CopyAsync(near, far, _answers ? int.MaxValue : limit), CopyAsync(far, near, _answers ? limit : int.MaxValue));
            // A reset, as by a cable pulled out; not a polite end.
            caller.LingerState = new LingerOption(true, 0);
        }
    }

    static async Task CopyAsync(NetworkStream from, NetworkStream to, int limit)
    {
        var buffer = new byte[1_024];
        try
        {
            for (int count; limit > 0 && (count = await from.ReadAsync(buffer)) > 0; limit -= count)
                await to.WriteAsync(buffer.AsMemory(0, Math.Min(count, limit)));
        }
        catch (IOException)
        {
            // The other side went away.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }
}
