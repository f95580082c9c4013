namespace Nabij.Protocol.Wire;

/// <summary>The rule of the wire format that bytes from a peer broke (docs/protocol/09-errors.md, "Wire errors").</summary>
public enum WireError
{
    /// <summary>The bytes end before the structure does.</summary>
    Truncated,

    /// <summary>Bytes remain after the last item.</summary>
    TrailingBytes,

    /// <summary>A LEB128 length is not the shortest form, or is longer than three bytes.</summary>
    NonMinimalLength,

    /// <summary>An item or the whole message is shorter or longer than its table allows.</summary>
    LengthOutOfRange,

    /// <summary>Text is not strict UTF-8, starts with a byte-order mark, or holds a byte its table forbids.</summary>
    InvalidText,

    /// <summary>A number, constant, label, flag or order that the table does not allow.</summary>
    InvalidValue,

    /// <summary>The message type is not in the channel's table.</summary>
    UnknownType,
}
