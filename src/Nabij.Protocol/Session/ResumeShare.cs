using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Session;

/// <summary>What both sides of a resume do alike.</summary>
internal static class ResumeShare
{
    /// <summary>X25519(scalar, 9).</summary>
    public static byte[] Own(SecretBytes scalar)
    {
        var share = new byte[X25519.Size];
        X25519.ScalarMultiply(scalar.Span, X25519.BasePoint, share);
        return share;
    }

    /// <summary>X25519(scalar, peer's share), refused when all zero.</summary>
    public static SecretBytes Agree(SecretBytes scalar, ReadOnlySpan<byte> share)
    {
        var shared = new SecretBytes(X25519.Size);
        X25519.ScalarMultiply(scalar.Span, share, shared.Span);
        if (!X25519.IsZero(shared.Span))
            return shared;
        shared.Dispose();
        throw new ResumeException(ResumeError.ZeroResult);
    }

    /// <summary>B || lv(mac).</summary>
    public static byte[] AppendMac(ReadOnlySpan<byte> body, ReadOnlySpan<byte> mac)
    {
        var message = new byte[body.Length + WireWriter.ItemLength(mac.Length)];
        var writer = new WireWriter(message);
        writer.WriteBytes(body);
        writer.WriteItem(mac);
        return message;
    }

    /// <summary>Keys of the new connection; the next generation is held, not yet confirmed.</summary>
    public static ResumedSession Continue(Party self, ResumeSecrets secrets, ResumeMessage peer, SecretBytes master)
    {
        var keys = SessionKeys.FromResumedMaster(self, master);
        var next = peer.Generation + 1;
        secrets.AddNext(next, keys.TakeResumeSecret());
        return new ResumedSession { Keys = keys, Generation = next, PeerIds = peer.Ids };
    }
}
