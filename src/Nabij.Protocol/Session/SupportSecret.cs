using System.Security.Cryptography;
using Nabij.Protocol.Rendezvous;

namespace Nabij.Protocol.Session;

/// <summary>
/// The secret digits of a support code and what has become of them: made on the customer's computer, shown on the
/// screen, never sent. Serves until it is burnt; three runs that break off burn it as well. Owned by the host, used by
/// one <see cref="CustomerHandshake"/> after another, never by two at once; zeroed when burnt or disposed.
/// </summary>
public sealed class SupportSecret : IDisposable
{
    /// <summary>How many runs may break off; the next one burns.</summary>
    public const int MostBrokenOffRuns = 2;

    private readonly SecretBytes _digits;

    private SupportSecret(SecretBytes digits) => _digits = digits;

    /// <summary>Whether the digits are worth nothing any more.</summary>
    public bool IsBurnt { get; private set; }

    /// <summary>How many runs with these digits have broken off.</summary>
    public int BrokenOffRuns { get; private set; }

    internal ReadOnlySpan<byte> Digits => _digits.Span;

    /// <summary>Makes new digits for a nameplate: six beside three digits, five beside four.</summary>
    public static SupportSecret Create(string nameplate)
    {
        if (!Nameplate.IsValid(nameplate))
            throw new ArgumentException("Not a nameplate.", nameof(nameplate));
        var digits = new SecretBytes(Nameplate.SecretDigits(nameplate));
        foreach (ref var digit in digits.Span)
            digit = (byte)('0' + RandomNumberGenerator.GetInt32(10));
        return new SupportSecret(digits);
    }

    /// <summary>Takes over digits that were typed (viewer) or are given by a test; five or six ASCII digits, copied.</summary>
    public static SupportSecret FromDigits(ReadOnlySpan<byte> digits)
    {
        if (digits.Length is not (5 or 6) || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            throw new ArgumentException("A secret is five or six digits.", nameof(digits));
        return new SupportSecret(new SecretBytes(digits));
    }

    /// <summary>Writes the digits as characters, for the customer's screen only, and returns how many.</summary>
    public int Show(Span<char> destination)
    {
        var digits = _digits.Span;
        for (var index = 0; index < digits.Length; index++)
            destination[index] = (char)digits[index];
        return digits.Length;
    }

    /// <summary>The digits are worth nothing from now on; erases them.</summary>
    public void Burn()
    {
        IsBurnt = true;
        _digits.Dispose();
    }

    /// <summary>Erases the digits: the run succeeded, or they are not needed any more.</summary>
    public void Dispose() => _digits.Dispose();

    internal void CountBrokenOffRun()
    {
        if (BrokenOffRuns >= MostBrokenOffRuns)
            Burn();
        BrokenOffRuns++;
    }

    internal void SetBrokenOffRuns(int runs) => BrokenOffRuns = runs;
}
