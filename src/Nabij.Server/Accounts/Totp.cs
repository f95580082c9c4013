// Time-based one-time passwords: RFC 6238 with HMAC-SHA-1, six digits, steps of 30 s, as every authenticator app has
// them. One step of clock difference is allowed either way, and no step is taken twice.

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Nabij.Server.Accounts;

internal static class Totp
{
    internal const int Digits = 6;

    internal const int SecretBytes = 20;

    private const int StepSeconds = 30;

    private const int ToleratedSteps = 1;

    private const int Modulus = 1_000_000;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <returns>The step whose code this is, later than <paramref name="lastStep"/>; null when it is none.</returns>
    internal static long? FindStep(byte[] secret, string code, DateTimeOffset now, long lastStep)
    {
        if (code.Length != Digits || !code.All(char.IsAsciiDigit))
            return null;
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = current - ToleratedSteps; step <= current + ToleratedSteps; step++)
        {
            var isEqual = CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Code(secret, step)), System.Text.Encoding.ASCII.GetBytes(code));
            if (isEqual && step > lastStep)
                found = step;
        }

        return found;
    }

    internal static string Code(byte[] secret, DateTimeOffset time) => Code(secret, time.ToUnixTimeSeconds() / StepSeconds);

    /// <summary>RFC 4648 base32 without padding, as authenticator apps take it.</summary>
    internal static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var one in bytes)
        {
            (buffer, bits) = ((buffer << 8) | one, bits + 8);
            for (; bits >= 5; bits -= 5)
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }

        if (bits > 0)
            text.Append(Alphabet[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }

    // The algorithm is the standard's; its strength rests on the secret and the short life of a code.
#pragma warning disable CA5350
    private static string Code(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, mac);
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac[(mac[^1] & 15)..]) & 0x7fff_ffff;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350
}
