using Nabij.Protocol;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Wire;
using Nabij.Server.Web;
using Nabij.Server.Webhooks;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// `/ws/host`, from the open socket to the end of its run: REGISTER, NAMEPLATE, waiting, and then it lends its socket
/// to the technician's handler (docs/protocol/01-rendezvous.md, steps 1, 2 and 6 to 8). RESUME goes to <see cref="ResumeSocket"/>.
/// </summary>
internal sealed class HostSocket(
    SocketDoor door, HostRegistration registration, GuestRegistration guests, WaitingRoom room, ResumeSocket resuming, WaitingTold told, TimeProvider time)
{
    /// <summary>Chapter 01: how long one set of secret digits may serve. The host keeps this time, not the server.</summary>
    private const ulong SecretSeconds = 600;

    /// <summary>How long the peer may take to answer a close frame before the connection is simply ended.</summary>
    private static readonly TimeSpan CloseAnswerWait = TimeSpan.FromSeconds(2);

    internal async Task HandleAsync(HttpContext context)
    {
        using var open = await door.OpenAsync(context, demandsOrigin: false);
        if (open is null)
            return;
        if (await door.ReceiveFirstAsync(open, context.RequestAborted) is not { } bytes)
            return;
        switch (Decode(bytes))
        {
            case Register register:
                await RegisterAsync(context, open, register);
                break;
            case RegisterParticipant wanted:
                await RegisterAsync(context, open, wanted);
                break;
            case Resume resume:
                await resuming.HandleAsync(context, open, resume, Party.Host);
                break;
            default:
                await open.Socket.CloseAsync(SocketCloseCode.BadMessage, time);
                break;
        }
    }

    private async Task RegisterAsync(HttpContext context, SocketDoor.OpenSocket open, Register register)
    {
        var decision = await registration.AdmitAsync(register, RateLimits.AddressKey(context.Connection.RemoteIpAddress), context.RequestAborted);
        await WaitAsync(context, open, decision);
    }

    private async Task RegisterAsync(HttpContext context, SocketDoor.OpenSocket open, RegisterParticipant wanted)
    {
        var decision = await guests.AdmitAsync(wanted, RateLimits.AddressKey(context.Connection.RemoteIpAddress), context.RequestAborted);
        await WaitAsync(context, open, decision);
    }

    private async Task WaitAsync(HttpContext context, SocketDoor.OpenSocket open, (Admission? Admission, Refused? Refusal) decision)
    {
        var (admission, refusal) = decision;
        if (admission is not null)
            await WaitAsync(new WaitingHost(open.Socket, admission), context.RequestAborted);
        else if (refusal is not null)
            await open.Socket.RefuseAsync(refusal, time);
    }

    private async Task WaitAsync(WaitingHost host, CancellationToken aborted)
    {
        var why = LeaveReason.Interrupted;
        try
        {
            await room.EnterAsync(host, host.Admission.Replaced, aborted);
            await SendNameplateAsync(host, aborted);
            host.Announce(aborted);
            if (host.Admission is { InvitedBy: null, Offered.IsClaim: false })
                await told.TellAsync(host.Organization, host.Customer, aborted);
            why = await WaitForEndAsync(host, aborted);
        }
        catch (Exception exception) when (SocketClose.IsGone(exception))
        {
            // The host went before it had its nameplate.
        }
        finally
        {
            // A technician may be waiting for the host to be announced.
            host.TryLeave();
            // After a run the claimer has said how it went; this is then without effect.
            await room.LeaveAsync(host, host.Admission.InvitedBy is null ? why : LeaveReason.Expired);
        }
    }

    private async Task SendNameplateAsync(WaitingHost host, CancellationToken aborted)
    {
        using var deadline = new CancellationTokenSource(SocketMessages.SendWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, deadline.Token);
        await host.Socket.SendAsync(NameplateOf(host), either.Token);
    }

    private async Task<LeaveReason> WaitForEndAsync(WaitingHost host, CancellationToken aborted)
    {
        using var beside = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var expiry = Task.Delay(Max(host.Customer.Expires - time.GetUtcNow(), TimeSpan.Zero), time, beside.Token);
        var first = await Task.WhenAny(host.ClaimedByTechnician, host.ToldToLeave, host.Ready, expiry);
        await beside.CancelAsync();
        if (!host.TryLeave())
        {
            await host.RunOver.Task;
            return LeaveReason.Interrupted;
        }

        SocketCloseCode? code = first == host.ToldToLeave ? await host.ToldToLeave
            : first == expiry && !aborted.IsCancellationRequested ? SocketCloseCode.Expired
            : first == host.Ready && host.Ready.IsCompletedSuccessfully ? SocketCloseCode.BadMessage
            : null;
        if (code is { } told)
        {
            await host.Socket.CloseAsync(told, time);
            await Task.WhenAny(host.Ready, Task.Delay(CloseAnswerWait, time, CancellationToken.None));
        }
        return code is SocketCloseCode.Expired && first == expiry ? LeaveReason.Expired : LeaveReason.Interrupted;
    }

    private NameplateGiven NameplateOf(WaitingHost host) => new()
    {
        Nameplate = host.Customer.Nameplate,
        Lease = Convert.FromHexString(host.Admission.Lease),
        SecretSeconds = SecretSeconds,
        NameplateSeconds = (ulong)DirectoryTimes.Nameplate.TotalSeconds,
        Time = (ulong)time.GetUtcNow().ToUnixTimeSeconds(),
    };

    private static RendezvousMessage? Decode(byte[] bytes)
    {
        try
        {
            return RendezvousMessage.DecodeFromHost(bytes);
        }
        catch (WireFormatException)
        {
            return null;
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
