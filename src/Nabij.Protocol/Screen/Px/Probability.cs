using System.Runtime.CompilerServices;

namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// How likely the next bit is 0: the mean of two estimates of 16 bits, one that follows quickly and one that follows
/// slowly (docs/protocol/05-screen.md, "Probabilities").
/// </summary>
internal struct Probability
{
    private const int QuickShift = 4, SlowShift = 7;
    private const int Half = 32768, One = 65536;

    private ushort quick, slow;

    public static Probability Even => new() { quick = Half, slow = Half };

    /// <summary>Probability of 0 in 1/65536.</summary>
    public readonly uint OfZero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)(quick + slow) >> 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SawZero()
    {
        quick += (ushort)((One - quick) >> QuickShift);
        slow += (ushort)((One - slow) >> SlowShift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SawOne()
    {
        quick -= (ushort)(quick >> QuickShift);
        slow -= (ushort)(slow >> SlowShift);
    }
}
