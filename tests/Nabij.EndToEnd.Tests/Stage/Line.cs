using System.Net;
using System.Net.Sockets;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>
/// The line between a server and the world: a TCP proxy whose WebSockets of the host's or the viewer's leg are cut when
/// the test says, in the middle of whatever passes. Pages of the server are left alone.
/// </summary>
internal sealed class Line : IAsyncDisposable
{
    // A quiet line is cut even if so many bytes never come.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly List<Passage> passages = [];
    private Uri? target;
    private Cut? armed, outage;
    private int bytesLeft;
    private TaskCompletionSource struck = new(), isBack = new();

    public Line()
    {
        listener.Start();
        Origin = $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";
        _ = AcceptAsync();
    }

    public string Origin { get; }

    public void ConnectTo(string address) => target = new Uri(address);

    /// <summary>Cuts, and completes when the line is back; says when that was.</summary>
    public async Task<DateTimeOffset> CutAsync(Cut cut)
    {
        lock (gate)
        {
            (struck, isBack) = (NewSource(), NewSource());
            (armed, bytesLeft) = (cut, cut.AfterBytes);
        }
        await Task.WhenAny(struck.Task, Task.Delay(LongestWait, TimeProvider.System, ending.Token));
        var gone = Strike(cut);
        if (cut.Kind != CutKind.Silence) Reset(gone, cut);
        await Task.Delay(cut.Outage, TimeProvider.System, ending.Token);
        if (cut.Kind == CutKind.Silence) Reset(gone, cut);
        lock (gate) outage = null;
        var at = TimeProvider.System.GetUtcNow();
        isBack.TrySetResult();
        return at;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        lock (gate)
        {
            foreach (var one in passages) one.Dispose();
        }
        ending.Dispose();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Reset(List<Passage> gone, Cut cut)
    {
        foreach (var one in gone)
        {
            one.ResetCaller();
            if (cut.Kind != CutKind.ServerNotTold) one.ResetServer();
        }
    }

    private List<Passage> Strike(Cut cut)
    {
        lock (gate)
        {
            (armed, outage) = (null, cut);
            var gone = passages.Where(one => (one.Leg & cut.Leg) != 0).ToList();
            foreach (var one in gone) one.IsCut = true;
            return gone;
        }
    }

    // How many of these bytes pass.
    private int Pass(Passage passage, int bytes)
    {
        lock (gate)
        {
            if (passage.IsCut) return 0;
            if (armed is not { } cut || (passage.Leg & cut.Leg) == 0) return bytes;
            var passing = Math.Min(bytes, bytesLeft);
            bytesLeft -= passing;
            if (bytesLeft > 0) return bytes;
            Strike(cut);
            struck.TrySetResult();
            return passing;
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ForwardAsync(await listener.AcceptTcpClientAsync(ending.Token));
        }
        catch (OperationCanceledException) { }
    }

    private async Task ForwardAsync(TcpClient caller)
    {
        var server = new TcpClient { NoDelay = true };
        caller.NoDelay = true;
        try
        {
            var head = new byte[16384];
            var length = await caller.GetStream().ReadAsync(head, ending.Token);
            var leg = LegOf(head.AsSpan(0, length));
            if (IsDown(leg, out var holds) && !holds) throw new IOException("The line is down.");
            if (holds) await isBack.Task.WaitAsync(ending.Token);
            await server.ConnectAsync(target!.Host, target.Port, ending.Token);
            var passage = new Passage(leg, caller, server, Pass);
            lock (gate) passages.Add(passage);
            await passage.RunAsync(head.AsMemory(0, length), ending.Token);
        }
        catch (Exception over) when (over is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            caller.Dispose();
            server.Dispose();
        }
    }

    private bool IsDown(Leg leg, out bool holds)
    {
        lock (gate)
        {
            var isDown = outage is { } now && (now.Leg & leg) != 0;
            holds = isDown && outage!.HoldsCallers;
            return isDown;
        }
    }

    private static Leg LegOf(ReadOnlySpan<byte> head) =>
        head.StartsWith("GET /ws/host"u8) ? Leg.Host : head.StartsWith("GET /ws/viewer"u8) ? Leg.Viewer : Leg.None;
}
