using System.Security.Cryptography;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.People;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Session;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Rendezvous;

/// <summary>How a step of the rendezvous turned out: exactly one of what was hoped for, a trouble, or a lost connection (neither).</summary>
internal readonly record struct RendezvousResult<T>(T? Value, Trouble? Trouble = null)
    where T : class;

/// <summary>
/// One WebSocket of the host before it is paired (docs/protocol/01): REGISTER, NAMEPLATE, the wait, PAIRED. After that
/// the transport is the run's.
/// </summary>
internal sealed class HostSocket(ITransport transport, TimeProvider time)
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    // Longer than anybody waits in front of a screen; keeps the server's number within a TimeSpan.
    private const ulong MostRetrySeconds = 86_400;

    private readonly byte[] buffer = new byte[RendezvousMessage.LargestBytes];

    public ITransport Transport => transport;

    /// <summary>sid_c of this run.</summary>
    public byte[] SidC { get; } = RandomNumberGenerator.GetBytes(HandshakeLimits.SidBytes);

    /// <summary>Sends REGISTER and takes the answer.</summary>
    public async Task<RendezvousResult<NameplateGiven>> RegisterAsync(
        CustomerOptions options, ReadOnlyMemory<byte>? lease, RunOutcome outcome, CancellationToken cancellationToken)
    {
        var register = new Register
        {
            Organization = options.Organization.Slug,
            SidC = SidC,
            Versions = VersionOffer.Own.Versions,
            Suites = VersionOffer.Own.Suites,
            CustomerName = options.CustomerName,
            Language = options.Language,
            Platform = options.Platform,
            Program = options.Program,
            Consent = options.Consent,
            Lease = lease,
            Outcome = outcome,
        };
        return await RegisterAsync(register, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends PARTICIPANT and takes the answer.</summary>
    public Task<RendezvousResult<NameplateGiven>> RegisterAsync(PairedHost run, ParticipantRole role, CancellationToken cancellationToken) =>
        RegisterAsync(GuestSocket.Message(run, SidC, role), cancellationToken);

    private async Task<RendezvousResult<NameplateGiven>> RegisterAsync(RendezvousMessage register, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await transport.SendTextAsync(register.Encode(), either.Token).ConfigureAwait(false);
            var (message, trouble) = await ReceiveAsync(either.Token).ConfigureAwait(false);
            return message is NameplateGiven given ? new(given) : new(null, trouble ?? Unexpected(message));
        }
        catch (Exception lost) when (lost is IOException || lost is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return default;
        }
    }

    /// <summary>Waits until a technician has been paired.</summary>
    public async Task<RendezvousResult<PairedHost>> WaitForPairAsync(CancellationToken cancellationToken)
    {
        var (message, trouble) = await ReceiveAsync(cancellationToken).ConfigureAwait(false);
        return message is PairedHost paired ? new(paired) : new(null, trouble ?? Unexpected(message));
    }

    private async Task<(RendezvousMessage? Message, Trouble? Trouble)> ReceiveAsync(CancellationToken cancellationToken)
    {
        var arrival = await transport.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
        try
        {
            return arrival.Kind switch
            {
                ArrivalKind.Text => Sort(RendezvousMessage.DecodeForHost(buffer.AsSpan(0, arrival.Length))),
                ArrivalKind.Closed => (null, OfClose(arrival.CloseCode)),
                ArrivalKind.Lost => (null, null),
                _ => (null, new Trouble(TroubleKind.Server)),
            };
        }
        catch (WireFormatException)
        {
            return (null, new Trouble(TroubleKind.Server));
        }
    }

    private static (RendezvousMessage?, Trouble?) Sort(RendezvousMessage message) =>
        message is Refused refused ? (null, OfRefusal(refused)) : (message, null);

    private static Trouble? Unexpected(RendezvousMessage? message) => message is null ? null : new Trouble(TroubleKind.Server);

    // Null: like a lost connection, worth another try with the lease.
    private static Trouble? OfClose(int code) => (SocketCloseCode)code switch
    {
        SocketCloseCode.Expired => new Trouble(TroubleKind.Expired),
        SocketCloseCode.Limited => new Trouble(TroubleKind.Limited),
        SocketCloseCode.Refused => new Trouble(TroubleKind.Organization),
        SocketCloseCode.BadMessage or SocketCloseCode.TooLate or SocketCloseCode.TooLarge => new Trouble(TroubleKind.Server),
        _ => null,
    };

    private static Trouble OfRefusal(Refused refused) => new(refused.Reason switch
    {
        RefusalReason.Limited => TroubleKind.Limited,
        RefusalReason.Organization => TroubleKind.Organization,
        RefusalReason.Full => TroubleKind.Full,
        RefusalReason.Outdated => TroubleKind.Outdated,
        _ => TroubleKind.Server,
    }, RetryAfter: TimeSpan.FromSeconds(Math.Min(refused.RetryAfterSeconds, MostRetrySeconds)));
}
