namespace Nabij.Protocol.Session;

/// <summary>Numbers of docs/protocol/03-records.md; a promise to the peer, not tuning.</summary>
public static class RecordLimits
{
    /// <summary>Bytes in front of what is sealed.</summary>
    public const int HeaderBytes = 8;

    /// <summary>Most bytes inside a record: its own header, payload, padding.</summary>
    public const int LargestInner = 65_536;

    /// <summary>Most payload bytes of one record.</summary>
    public const int LargestPayload = LargestInner - InnerHeaderBytes;

    /// <summary>Most bytes of a whole record.</summary>
    public const int LargestRecord = HeaderBytes + LargestInner + KeyDerivation.TagBytes;

    /// <summary>How long one epoch may last at its sender.</summary>
    public static readonly TimeSpan EpochLife = TimeSpan.FromMinutes(10);

    internal const int InnerHeaderBytes = 6;
    internal const int LeastSealed = InnerHeaderBytes + KeyDerivation.TagBytes;
    internal const int LargestSealed = LargestInner + KeyDerivation.TagBytes;
    internal const int PaddingStep = 64;

    // KEY_UPDATE takes one padding step.
    internal const int SealedKeyUpdate = PaddingStep + KeyDerivation.TagBytes;
    internal const byte RecordType = 0x17;
    internal const byte MoreFlag = 1;
    internal const ulong LastSequence = (1UL << 20) - 1;
    internal const long LargestEpochSum = 1L << 30;

    /// <summary>Length of the inner for a payload: padded to a multiple of 64, or exactly header and payload.</summary>
    internal static int InnerLength(int payload, bool isPadded)
    {
        var plain = InnerHeaderBytes + payload;
        return isPadded ? (plain + PaddingStep - 1) / PaddingStep * PaddingStep : plain;
    }
}
