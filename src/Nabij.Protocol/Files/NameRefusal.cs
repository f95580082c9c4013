namespace Nabij.Protocol.Files;

/// <summary>Why a component of a path is refused (docs/protocol/08-files.md, "Names"), in the order of the checks.</summary>
public enum NameRefusal
{
    /// <summary>It is taken as it is.</summary>
    None,

    /// <summary>It has no character.</summary>
    Empty,

    /// <summary>A surrogate without its other half.</summary>
    Surrogate,

    /// <summary>More than 120 units of UTF-16 or 200 bytes of UTF-8.</summary>
    TooLong,

    /// <summary>A control character.</summary>
    Control,

    /// <summary>A separator, or another character that a file system gives a meaning.</summary>
    Character,

    /// <summary>A character that is not seen or turns the direction of text.</summary>
    Invisible,

    /// <summary>It is the folder itself or the one above.</summary>
    Dots,

    /// <summary>It ends in a dot or a space.</summary>
    Ending,

    /// <summary>A device of Windows.</summary>
    Device,

    /// <summary>It looks like one of our own parts.</summary>
    Own,

    /// <summary>It is not in normalization form C.</summary>
    NotComposed,
}
