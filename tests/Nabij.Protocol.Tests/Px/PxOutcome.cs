using Nabij.Protocol.Screen.Px;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Tests.Px;

/// <summary>What became of a piece, as a number that both languages agree on.</summary>
internal static class PxOutcome
{
    private const int HashedEvery = 8;
    private const ulong Start = 0xcbf29ce484222325, Prime = 0x100000001b3;

    public static ulong Begin => Start;

    /// <summary>0, or a number for the error: the same as in the viewer's decoder.</summary>
    public static int Decode(PxDecoder decoder, ReadOnlySpan<byte> content, bool isLast)
    {
        try
        {
            decoder.Decode(content, isLast);
            return 0;
        }
        catch (WireFormatException exception)
        {
            return exception.Error switch
            {
                WireError.Truncated => 1,
                WireError.TrailingBytes => 2,
                WireError.InvalidValue => 3,
                _ => throw new InvalidOperationException("Not an error of this codec.", exception),
            };
        }
    }

    /// <summary>The hash of CHECK over all rows, one eighth after the other.</summary>
    public static ulong HashOf(PxPicture picture)
    {
        var hash = Start;
        for (uint update = 0; update < HashedEvery; update++) hash = Add(hash, picture.Hash(update));
        return hash;
    }

    public static ulong Add(ulong hash, ulong value) => unchecked((hash ^ value) * Prime);
}
