using System.Buffers;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Clipboard;

/// <summary>A text whose pieces come one after the other; memory for no more than has come. One thread at a time.</summary>
/// <param name="number">The number of its TEXT.</param>
/// <param name="length">Bytes of the whole.</param>
internal sealed class ArrivingText(uint number, int length)
{
    private readonly ArrayBufferWriter<byte> arrived = new();

    public uint Number => number;

    public int Arrived => arrived.WrittenCount;

    public bool IsWhole => Arrived == length;

    /// <summary>The bytes so far.</summary>
    public ReadOnlySpan<byte> Bytes => arrived.WrittenSpan;

    /// <exception cref="WireFormatException">More than was announced.</exception>
    public void Add(ReadOnlySpan<byte> content)
    {
        WireReader.Require(content.Length <= length - Arrived, WireError.InvalidValue);
        arrived.Write(content);
    }
}
