using System.Security.Cryptography;

namespace Nabij.Protocol.Session;

/// <summary>
/// The host's side of resuming (docs/protocol/02-handshake.md, "Resume"): answers R1 by R2. One per session, so that its
/// limit of 10 R1 a minute holds over all connections. One thread at a time. The secrets are the session's.
/// </summary>
public sealed class ResumeHost(ResumeSecrets secrets, TimeProvider time)
{
    private const int MostAttempts = 10;
    private static readonly TimeSpan AttemptWindow = TimeSpan.FromMinutes(1);

    private readonly Queue<long> _attempts = new();

    internal RandomFill Random { get; init; } = RandomNumberGenerator.Fill;

    /// <summary>Answers R1. A refusal consumes nothing but an attempt.</summary>
    /// <exception cref="Wire.WireFormatException">The bytes break the table.</exception>
    /// <exception cref="ResumeException">A check failed.</exception>
    public ResumedSession Answer(ReadOnlySpan<byte> message, IReadOnlyList<LastMessageId> ownIds, out byte[] reply)
    {
        var r1 = ResumeMessage.Decode(message, HandshakeMessageType.R1);
        ResumeException.Require(r1.SessionId.AsSpan().SequenceEqual(secrets.SessionId.Span), ResumeError.UnknownSession);
        ResumeException.Require(secrets.Find(r1.Generation) is not null, ResumeError.UnknownGeneration);
        CountAttempt();
        ResumeException.Require(
            CryptographicOperations.FixedTimeEquals(secrets.MacT(r1.Generation, r1.Body), r1.Mac),
            ResumeError.MacMismatch);
        ResumeException.Require(X25519.IsCanonical(r1.Share), ResumeError.ShareNotCanonical);

        using var scalar = new SecretBytes(X25519.Size);
        Random(scalar.Span);
        Span<byte> nonce = stackalloc byte[HandshakeLimits.NonceBytes];
        Random(nonce);
        using var shared = ResumeShare.Agree(scalar, r1.Share);
        var body = ResumeMessage.EncodeBody(HandshakeMessageType.R2, new ResumeFields
        {
            SessionId = secrets.SessionId.Span,
            Generation = r1.Generation,
            Nonce = nonce,
            Share = ResumeShare.Own(scalar),
            Ids = ownIds,
        });
        reply = ResumeShare.AppendMac(body, secrets.MacC(r1.Generation, message, body));
        using var master = secrets.Master(r1.Generation, shared, message, reply);
        return ResumeShare.Continue(Party.Host, secrets, r1, master);
    }

    internal void CountEarlierAttempts(int count)
    {
        for (var index = 0; index < count; index++)
            _attempts.Enqueue(time.GetTimestamp());
    }

    private void CountAttempt()
    {
        while (_attempts.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= AttemptWindow)
            _attempts.Dequeue();
        ResumeException.Require(_attempts.Count < MostAttempts, ResumeError.TooManyAttempts);
        _attempts.Enqueue(time.GetTimestamp());
    }
}
