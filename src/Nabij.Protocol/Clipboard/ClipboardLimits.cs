using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Clipboard;

/// <summary>Limits of the clipboard channel (docs/protocol/07-chat-and-clipboard.md); a promise to the peer, not tuning.</summary>
public static class ClipboardLimits
{
    /// <summary>The most bytes of a whole text.</summary>
    public const int LargestText = 1_048_576;

    /// <summary>The most bytes of one piece.</summary>
    public const int LargestContent = 16_371;

    /// <summary>So many pieces may be under way without TAKEN.</summary>
    public const int MostPiecesUnderWay = 2;

    internal static int ReadLength(ref WireReader reader)
    {
        var length = reader.ReadU32();
        WireReader.Require(length is >= 1 and <= LargestText, WireError.LengthOutOfRange);
        return (int)length;
    }

    internal static byte[] ReadContent(ref WireReader reader)
    {
        WireReader.Require(reader.Remaining <= LargestContent, WireError.LengthOutOfRange);
        return reader.ReadRest(minimum: 1).ToArray();
    }

    internal static void WriteContent(ref WireWriter writer, ReadOnlyMemory<byte> content)
    {
        if (content.Length is < 1 or > LargestContent)
            throw new InvalidOperationException("The content is outside the limits of the protocol.");
        writer.WriteBytes(content.Span);
    }
}
