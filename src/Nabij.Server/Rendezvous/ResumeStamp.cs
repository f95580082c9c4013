using System.Security.Cryptography;
using System.Text;
using Nabij.Protocol;
using Nabij.Protocol.Rendezvous;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// Makes and checks resume cookies (docs/protocol/01-rendezvous.md). They are opaque to host and viewer and carry their
/// own proof, so that a server that has just restarted, or another node with the same key, honors them without a table:
/// <code>
/// organization 16 | sign-in 32, zeros for the host | tag 32 = HMAC-SHA-256(key, side u8 | run 16 | first 48 bytes)
/// </code>
/// The key is derived from that of the leases. Thread-safe.
/// </summary>
internal sealed class ResumeStamp
{
    private const int OrganizationLength = 16, SignInLength = 32, RunLength = 16;
    private const int BodyLength = OrganizationLength + SignInLength;

    private readonly byte[] _key;

    /// <param name="leaseKey">32 bytes.</param>
    internal ResumeStamp(ReadOnlySpan<byte> leaseKey)
    {
        _key = new byte[SHA256.HashSizeInBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, leaseKey, _key, [], Encoding.ASCII.GetBytes("Nabij resume cookie"));
    }

    /// <summary>The cookie of one side of a run.</summary>
    /// <param name="side">Whose it is.</param>
    /// <param name="run">The server's number of the run.</param>
    /// <param name="claim">What it carries.</param>
    internal byte[] Issue(Party side, ReadOnlySpan<byte> run, ResumeClaim claim)
    {
        var cookie = new byte[Resume.CookieBytes];
        claim.Organization.TryWriteBytes(cookie, bigEndian: true, out _);
        if (claim.SignIn is { } signIn)
            Convert.FromHexString(signIn, cookie.AsSpan(OrganizationLength, SignInLength), out _, out _);
        Tag(side, run, cookie.AsSpan(0, BodyLength), cookie.AsSpan(BodyLength));
        return cookie;
    }

    /// <summary>What the cookie carries, or null when it is not ours for this side of this run.</summary>
    internal ResumeClaim? Read(Party side, ReadOnlySpan<byte> run, ReadOnlySpan<byte> cookie)
    {
        if (cookie.Length != Resume.CookieBytes || run.Length != RunLength)
            return null;
        Span<byte> tag = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Tag(side, run, cookie[..BodyLength], tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, cookie[BodyLength..]))
            return null;
        var organization = new Guid(cookie[..OrganizationLength], bigEndian: true);
        return new ResumeClaim(organization, side is Party.Viewer ? Convert.ToHexStringLower(cookie[OrganizationLength..BodyLength]) : null);
    }

    private void Tag(Party side, ReadOnlySpan<byte> run, ReadOnlySpan<byte> body, Span<byte> tag)
    {
        Span<byte> input = stackalloc byte[1 + RunLength + BodyLength];
        input[0] = side is Party.Viewer ? (byte)1 : (byte)0;
        run.CopyTo(input[1..]);
        body.CopyTo(input[(1 + RunLength)..]);
        HMACSHA256.HashData(_key, input, tag);
    }
}
