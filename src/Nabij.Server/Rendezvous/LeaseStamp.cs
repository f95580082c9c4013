using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// Makes and checks the 32 bytes of a lease (docs/protocol/01-rendezvous.md). They are opaque to the host and
/// carry their own proof, so that a server that has just restarted, or another node with the same key, can
/// honor them without having stored anything:
/// <code>
/// random 12 | nameplate u16 | since u32 (Unix seconds) | tag 14 = HMAC-SHA-256(key, organization 16 | first 18 bytes)
/// </code>
/// Thread-safe; the key belongs to this object and is 32 bytes.
/// </summary>
internal sealed class LeaseStamp
{
    internal const int Length = 32;
    private const int RandomLength = 12;
    private const int BodyLength = RandomLength + 2 + 4;
    private const int OrganizationLength = 16;

    private readonly byte[] _key;

    internal LeaseStamp(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, 32);
        _key = key.ToArray();
    }

    /// <summary>Makes a fresh lease; the text is 64 lower-case hexadecimal digits and goes to the host only.</summary>
    internal string Issue(Guid organization, string nameplate, DateTimeOffset since)
    {
        Span<byte> lease = stackalloc byte[Length];
        RandomNumberGenerator.Fill(lease[..RandomLength]);
        BinaryPrimitives.WriteUInt16BigEndian(lease[RandomLength..], ushort.Parse(nameplate, CultureInfo.InvariantCulture));
        BinaryPrimitives.WriteUInt32BigEndian(lease[(RandomLength + 2)..], checked((uint)since.ToUnixTimeSeconds()));
        Tag(organization, lease[..BodyLength], lease[BodyLength..]);
        return Convert.ToHexStringLower(lease);
    }

    /// <summary>What the lease claims, or null when it is not one of ours for this organization.</summary>
    internal Lease? Read(Guid organization, string? text)
    {
        Span<byte> lease = stackalloc byte[Length];
        if (text is not { Length: Length * 2 } || Convert.FromHexString(text, lease, out _, out _) != System.Buffers.OperationStatus.Done)
            return null;
        Span<byte> tag = stackalloc byte[Length - BodyLength];
        Tag(organization, lease[..BodyLength], tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, lease[BodyLength..]))
            return null;
        var number = BinaryPrimitives.ReadUInt16BigEndian(lease[RandomLength..]);
        var nameplate = number.ToString(number >= Nameplates.LongFirst ? "D4" : "D3", CultureInfo.InvariantCulture);
        var since = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(lease[(RandomLength + 2)..]));
        return new Lease(nameplate, since, Fingerprint(text));
    }

    /// <summary>SHA-256 of the lease's text, in hexadecimal.</summary>
    internal static string Fingerprint(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    private void Tag(Guid organization, ReadOnlySpan<byte> body, Span<byte> tag)
    {
        Span<byte> input = stackalloc byte[OrganizationLength + BodyLength];
        organization.TryWriteBytes(input, bigEndian: true, out _);
        body.CopyTo(input[OrganizationLength..]);
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, input, full);
        full[..tag.Length].CopyTo(tag);
    }
}
