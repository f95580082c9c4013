using System.Security.Cryptography;

namespace Nabij.Protocol.Session;

/// <summary>
/// The viewer's side of one try to resume (docs/protocol/02-handshake.md, "Resume"): makes R1, takes R2. Try the highest
/// generation held, after a refusal the next lower one. One thread at a time; the secrets are the session's.
/// </summary>
public sealed class ResumeViewer(ResumeSecrets secrets, uint generation) : IDisposable
{
    private readonly SecretBytes _scalar = new(X25519.Size);
    private byte[] _r1 = [];

    internal RandomFill Random { get; init; } = RandomNumberGenerator.Fill;

    /// <summary>Makes R1.</summary>
    public byte[] Start(IReadOnlyList<LastMessageId> ownIds)
    {
        Span<byte> nonce = stackalloc byte[HandshakeLimits.NonceBytes];
        Random(_scalar.Span);
        Random(nonce);
        var body = ResumeMessage.EncodeBody(HandshakeMessageType.R1, new ResumeFields
        {
            SessionId = secrets.SessionId.Span,
            Generation = generation,
            Nonce = nonce,
            Share = ResumeShare.Own(_scalar),
            Ids = ownIds,
        });
        return _r1 = ResumeShare.AppendMac(body, secrets.MacT(generation, body));
    }

    /// <summary>Takes R2.</summary>
    /// <exception cref="Wire.WireFormatException">The bytes break the table.</exception>
    /// <exception cref="ResumeException">A check failed.</exception>
    public ResumedSession Finish(ReadOnlySpan<byte> message)
    {
        var r2 = ResumeMessage.Decode(message, HandshakeMessageType.R2);
        ResumeException.Require(r2.SessionId.AsSpan().SequenceEqual(secrets.SessionId.Span), ResumeError.UnknownSession);
        ResumeException.Require(r2.Generation == generation, ResumeError.UnknownGeneration);
        ResumeException.Require(
            CryptographicOperations.FixedTimeEquals(secrets.MacC(generation, _r1, r2.Body), r2.Mac),
            ResumeError.MacMismatch);
        ResumeException.Require(X25519.IsCanonical(r2.Share), ResumeError.ShareNotCanonical);
        using var shared = ResumeShare.Agree(_scalar, r2.Share);
        using var master = secrets.Master(generation, shared, _r1, message);
        return ResumeShare.Continue(Party.Viewer, secrets, r2, master);
    }

    /// <summary>Erases the scalar.</summary>
    public void Dispose() => _scalar.Dispose();
}
