using Nabij.HostCore.Input;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Rendezvous;
using Nabij.Protocol;
using Nabij.Protocol.Rendezvous;

namespace Nabij.HostCore.Rehearsal;

/// <summary>
/// A whole session of a made-up customer, in memory: registration, code, handshake, grant, a few pictures and keys, the
/// end. It touches no screen, no keyboard and no network, and its digits and keys are its own.
/// </summary>
internal static class RehearsedSession
{
    private const int Width = 320, Height = 200;
    private const ulong Wait = 600;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Plays the session; anything that fails in it comes out, after everything has ended.</summary>
    public static async Task RunAsync()
    {
        using var limit = new CancellationTokenSource(Longest);
        using var shop = new MadeUpShop();
        using var screen = new SyntheticScreen(Width, Height);
        using var desktop = new HostDesktop(screen, new RecordingInputSink(), TimeProvider.System);
        var (host, line) = LoopbackTransport.CreatePair();
        await using var connection = new CustomerConnection(shop.Customer(host, desktop));
        var code = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Happened += happened =>
        {
            if (happened is CustomerEvent.CodeReady ready) code.TrySetResult(ready.Digits);
            if (happened is CustomerEvent.TechnicianConnected) connection.Grant(MadeUpShop.Rights);
        };
        connection.Start();
        var viewer = new RehearsedViewer(line);
        try
        {
            var sidC = await viewer.RegisteredAsync(limit.Token).ConfigureAwait(false);
            await line.SendTextAsync(Given().Encode(), limit.Token).ConfigureAwait(false);
            using var typed = MadeUpShop.Typed(await code.Task.WaitAsync(limit.Token).ConfigureAwait(false));
            await line.SendTextAsync(new PairedHost { Session = new byte[sidC.Length], Cookie = new byte[Resume.CookieBytes], ResumeSeconds = 300 }.Encode(), limit.Token).ConfigureAwait(false);
            using var technician = shop.Technician(sidC, typed);
            using var proved = await viewer.ProveAsync(technician, limit.Token).ConfigureAwait(false);
            await viewer.WatchAsync(proved, screen, limit.Token).ConfigureAwait(false);
        }
        finally
        {
            connection.End(EndReason.ProgramClosed);
            line.Abort();
        }
    }

    private static NameplateGiven Given() => new()
    {
        Nameplate = MadeUpShop.Nameplate, Lease = new byte[32], SecretSeconds = Wait, NameplateSeconds = Wait,
        Time = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
    };
}
