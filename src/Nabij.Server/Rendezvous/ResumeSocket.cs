using System.Net.WebSockets;
using Nabij.Protocol;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Accounts;
using Nabij.Server.Web;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// What `/ws/host` and `/ws/viewer` do after RESUME: waits for the other side and puts both together (chapter 01, steps 9
/// to 13). The viewer's handler carries the resumed run; the host's lends its socket. Thread-safe.
/// </summary>
internal sealed class ResumeSocket(ResumeGate gate, ResumeRoom room, TechnicianRuns runs, LiveSignIns live, TimeProvider time)
{
    /// <summary>How long the peer may take to answer a close frame before the connection is simply ended.</summary>
    private static readonly TimeSpan CloseAnswerWait = TimeSpan.FromSeconds(2);

    internal async Task HandleAsync(HttpContext context, SocketDoor.OpenSocket open, Resume resume, Party side)
    {
        var address = RateLimits.AddressKey(context.Connection.RemoteIpAddress);
        var (claim, refusal) = gate.Check(resume, side, address);
        if (claim is null)
        {
            await RefuseAsync(open.Socket, refusal!);
            return;
        }
        // Watched before it is looked up, so that a sign-out in between is not missed.
        using var signedOut = new CancellationTokenSource();
        using var watch = claim.SignIn is { } signIn and not Ticket.NobodySignedIn ? live.Watch(signIn, signedOut.Cancel) : null;
        var run = Convert.ToHexStringLower(resume.Session.Span);
        var (interrupted, refused) = await gate.AdmitAsync(claim, run, address, context.RequestAborted);
        if (interrupted is null)
        {
            await RefuseAsync(open.Socket, refused!);
            return;
        }
        // From here on a signed-in technician stands behind the viewer's socket.
        if (side is Party.Viewer)
            open.Place.Dispose();
        await WaitAsync(new ReturningSide(open.Socket, side, run), interrupted, signedOut.Token);
    }

    private async Task WaitAsync(ReturningSide side, InterruptedRun interrupted, CancellationToken signedOut)
    {
        await using var ending = signedOut.Register(() => side.Tell(SocketCloseCode.ResumeRefused));
        try
        {
            // Said before anybody can find the side: afterwards its socket may be another handler's to write to.
            if (!room.IsAwaited(side) && !await TrySayWaitingAsync(side, interrupted.Left))
                return;
            room.Enter(side);
            if (await FindPartnerAsync(side, interrupted.Left) is not { } partner)
                return;
            // No longer to be found: who comes with the same cookie from here on breaks the run off instead.
            room.Leave(side);
            if (side.Side is Party.Host)
                await side.RunOver.Task;
            else
                await runs.ResumeAsync((partner, side), interrupted, signedOut);
        }
        finally
        {
            room.Leave(side);
        }
    }

    /// <summary>Null when the side went or was sent away.</summary>
    private async Task<ReturningSide?> FindPartnerAsync(ReturningSide side, TimeSpan left)
    {
        using var beside = new CancellationTokenSource();
        var expiry = Task.Delay(left, time, beside.Token);
        var first = await Task.WhenAny(side.Partner, side.ToldToLeave, side.Ready, expiry);
        await beside.CancelAsync();
        if (!side.TryLeave())
            return await side.Partner;
        var code = first == side.ToldToLeave ? await side.ToldToLeave
            : first == expiry ? SocketCloseCode.Expired
            : side.Ready.IsCompletedSuccessfully && (await side.Ready).MessageType is not WebSocketMessageType.Close ? SocketCloseCode.BadMessage
            : (SocketCloseCode?)null;
        // Only a side that was not sent away by its own newer socket speaks for itself.
        if (code is null && side.Ready.IsCompletedSuccessfully && side.HasEnded)
            room.End(side.Run);
        if (code is { } told)
        {
            await side.Socket.CloseAsync(told, time);
            await Task.WhenAny(side.Ready, Task.Delay(CloseAnswerWait, time, CancellationToken.None));
        }
        return null;
    }

    private async Task<bool> TrySayWaitingAsync(ReturningSide side, TimeSpan left)
    {
        using var deadline = new CancellationTokenSource(SocketMessages.SendWait, time);
        try
        {
            await side.Socket.SendAsync(new Waiting((ulong)Math.Max(1, Math.Ceiling(left.TotalSeconds))), deadline.Token);
            return true;
        }
        catch (Exception exception) when (SocketClose.IsGone(exception))
        {
            return false;
        }
    }

    private Task RefuseAsync(WebSocket socket, Refused refusal) =>
        socket.RefuseAsync(refusal, time, refusal.Reason is RefusalReason.Unknown ? SocketCloseCode.ResumeRefused : null);
}
