using Nabij.Protocol.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Rendezvous;

/// <summary>Decides about one JOIN: the ticket, the sign-in behind it, the technician's pause, and whether somebody waits.</summary>
internal sealed partial class JoinGate(
    Tickets tickets, TechnicianSignIns signIns, WrongCodes wrongCodes, WaitingRoom room, ILogger<JoinGate> logger)
{
    /// <summary>Uses the ticket up; null when it is not good for this nameplate.</summary>
    internal Ticket? Redeem(Join join) => tickets.Redeem(Convert.ToHexStringLower(join.Ticket.Span), join.Nameplate);

    /// <summary>A claimed host, which the caller must run, or a refusal.</summary>
    internal async Task<(WaitingHost? Host, Refused? Refusal)> TakeAsync(Ticket ticket, CancellationToken cancellation)
    {
        try
        {
            return await DecideAsync(ticket, cancellation);
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            LogStorage(problem.Name, problem.ForOperator);
            return (null, new Refused(RefusalReason.Unavailable, 0));
        }
    }

    private async Task<(WaitingHost? Host, Refused? Refusal)> DecideAsync(Ticket ticket, CancellationToken cancellation)
    {
        if (!await signIns.KeepAsync(ticket, cancellation))
            return (null, new Refused(RefusalReason.Ticket, 0));
        if (ticket.IsRelative)
            return await DecideRelativeAsync(ticket, cancellation);
        if (await wrongCodes.FindPauseAsync(ticket.Organization, ticket.Technician, ticket.Address, cancellation) is { } pause)
            return (null, HostRegistration.Limited(pause.RetryAfter));
        var (host, busy) = await room.TakeAsync(ticket.Organization, ticket.Nameplate, cancellation);
        if (host is not null)
            return (host, null);
        if (busy)
            return (null, new Refused(RefusalReason.Busy, 0));
        await wrongCodes.CountAsync(ticket.Organization, (ticket.Technician, ticket.Address), WrongCode.UnknownNameplate, cancellation);
        return (null, new Refused(RefusalReason.Unknown, 0));
    }

    // Their tickets are counted by address, where they are given; no account stands behind them.
    private async Task<(WaitingHost? Host, Refused? Refusal)> DecideRelativeAsync(Ticket ticket, CancellationToken cancellation)
    {
        var (host, busy) = await room.TakeForRelativeAsync(ticket.Organization, ticket.Nameplate, cancellation);
        return host is not null ? (host, null) : (null, new Refused(busy ? RefusalReason.Busy : RefusalReason.Unknown, 0));
    }

    [LoggerMessage(1, LogLevel.Error, "A technician could not join. Storage problem {Name}: {Explanation}")]
    private partial void LogStorage(string name, string explanation);
}
