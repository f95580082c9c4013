using System.Net.WebSockets;
using Nabij.Protocol;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Wire;
using Nabij.Server.Accounts;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// `/ws/viewer`: JOIN with a ticket, then the run (docs/protocol/01-rendezvous.md, steps 3 to 5). Nothing is touched
/// before the ticket is proven, and unknown, expired and used nameplates take the same way to the same answer. RESUME goes
/// to <see cref="ResumeSocket"/>.
/// </summary>
internal sealed class ViewerSocket(SocketDoor door, JoinGate gate, LiveSignIns live, TechnicianRuns runs, ResumeSocket resuming, TimeProvider time)
{
    internal async Task HandleAsync(HttpContext context)
    {
        using var open = await door.OpenAsync(context, demandsOrigin: true);
        if (open is null)
            return;
        if (await door.ReceiveFirstAsync(open, context.RequestAborted) is not { } bytes)
            return;
        switch (Decode(bytes))
        {
            case Join join:
                await RedeemAsync(context, open, join);
                break;
            case Resume resume:
                await resuming.HandleAsync(context, open, resume, Party.Viewer);
                break;
            default:
                await open.Socket.CloseAsync(SocketCloseCode.BadMessage, time);
                break;
        }
    }

    private async Task RedeemAsync(HttpContext context, SocketDoor.OpenSocket open, Join join)
    {
        if (gate.Redeem(join) is not { } ticket)
        {
            await open.Socket.RefuseAsync(new Refused(RefusalReason.Ticket, 0), time);
            return;
        }
        // From here on a signed-in technician stands behind the socket.
        open.Place.Dispose();
        await JoinAsync(open.Socket, ticket, context.RequestAborted);
    }

    private async Task JoinAsync(WebSocket socket, Ticket ticket, CancellationToken aborted)
    {
        // Watched before it is looked up, so that a sign-out in between is not missed. Nobody is signed in behind a relative.
        using var signedOut = new CancellationTokenSource();
        using var watch = ticket.IsRelative ? null : live.Watch(ticket.SignIn, signedOut.Cancel);
        var (host, refusal) = await gate.TakeAsync(ticket, aborted);
        if (refusal is not null)
            await socket.RefuseAsync(refusal, time);
        else if (host is not null)
            await runs.RunAsync(host, socket, ticket, signedOut.Token);
    }

    private static RendezvousMessage? Decode(byte[] bytes)
    {
        try
        {
            return RendezvousMessage.DecodeFromViewer(bytes);
        }
        catch (WireFormatException)
        {
            return null;
        }
    }
}
