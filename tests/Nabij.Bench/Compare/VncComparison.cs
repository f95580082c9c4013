using System.Diagnostics;
using System.Net.Sockets;
using Nabij.Bench.Clips;

namespace Nabij.Bench.Compare;

/// <summary>
/// Plays a clip in real time onto a real TigerVNC server and counts what a client receives that always asks for more.
/// The server sees drawn pixels, not the programs' scrolling, just as one that shares an existing desktop does.
/// </summary>
internal sealed class VncComparison(Clip clip, TimeProvider time)
{
    /// <summary>So long after the last step the server may still send.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    // With JPEG the server sends the first picture twice: at once, and lossless when it has been still for a while.
    private static readonly TimeSpan QuietStart = TimeSpan.FromSeconds(1.5), LongestStart = TimeSpan.FromSeconds(30);

    public async Task<PeerResult> RunAsync(string name, int? jpegQuality)
    {
        var socketFile = Path.Combine(Path.GetTempPath(), $"nabij-bench-{Environment.ProcessId}.rfb");
        using var server = Tool.Start("Xtigervnc",
        [
            "-displayfd", "1", "-geometry", $"{clip.Width}x{clip.Height}", "-depth", "24", "-SecurityTypes", "None",
            "-rfbport", "-1", "-rfbunixpath", socketFile,
        ], isNoisy: true);
        try
        {
            var display = ":" + await server.StandardOutput.ReadLineAsync();
            using var drawing = new XDrawing(display, clip.Width, clip.Height);
            using var client = new RfbClient();
            drawing.Draw(clip.Frames[0]);
            client.Connect(socketFile, jpegQuality);
            client.Request(onlyChanges: false);
            client.ReadUpdate();
            var counting = new Thread(() => Count(client)) { IsBackground = true, Name = "vnc client" };
            counting.Start();
            await AwaitQuietAsync(client);
            var (bytes, updates, used) = (client.Received, client.Updates, ProcessorTime(server));
            await PlayAsync(drawing);
            var (shown, cpu) = (client.Updates - updates, ProcessorTime(server) - used);
            bytes = client.Received - bytes;
            client.Dispose();
            counting.Join();
            return new PeerResult(name, bytes, cpu.TotalMilliseconds / Math.Max(1, shown), double.NaN, shown);
        }
        finally
        {
            await EndAsync(server);
            File.Delete(socketFile);
        }
    }

    private async Task AwaitQuietAsync(RfbClient client)
    {
        var start = time.GetTimestamp();
        for (var before = -1L; before != client.Received && time.GetElapsedTime(start) < LongestStart;)
        {
            before = client.Received;
            await Task.Delay(QuietStart, time);
        }
    }

    private async Task PlayAsync(XDrawing drawing)
    {
        var (start, zero) = (time.GetTimestamp(), clip.Frames[0].At);
        foreach (var frame in clip.Frames.Skip(1))
        {
            var wait = frame.At - zero - time.GetElapsedTime(start);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time);
            drawing.Draw(frame);
        }
        await Task.Delay(Rest, time);
    }

    private static TimeSpan ProcessorTime(Process server)
    {
        server.Refresh();
        return server.TotalProcessorTime;
    }

    // Ends when the client is disposed.
    private static void Count(RfbClient client)
    {
        try
        {
            while (true)
            {
                client.Request(onlyChanges: true);
                client.ReadUpdate();
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
        }
    }

    private static async Task EndAsync(Process server)
    {
        if (!server.HasExited) server.Kill();
        await server.WaitForExitAsync();
    }
}
