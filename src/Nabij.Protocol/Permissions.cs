using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol;

/// <summary>What a customer can allow (docs/protocol/04-channels.md, "Permissions"); a u32 on the wire.</summary>
[Flags]
public enum Permissions : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To receive screen and cursor, and to give feedback.</summary>
    View = 1 << 0,

    /// <summary>To move the pointer, press buttons, turn the wheel; needs View.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "The name that the spec's table gives the bit.")]
    Pointer = 1 << 1,

    /// <summary>To press keys and send text; needs View.</summary>
    Keyboard = 1 << 2,

    /// <summary>To put text on the customer's clipboard.</summary>
    ClipboardToHost = 1 << 3,

    /// <summary>To get text from the customer's clipboard.</summary>
    ClipboardFromHost = 1 << 4,

    /// <summary>To send files.</summary>
    FilesToHost = 1 << 5,

    /// <summary>To get files.</summary>
    FilesFromHost = 1 << 6,

    /// <summary>To chat; comes with the first View.</summary>
    Chat = 1 << 7,

    /// <summary>To see the fixed list of facts about the computer.</summary>
    SystemInformation = 1 << 8,

    /// <summary>Reserved.</summary>
    Elevate = 1 << 9,

    /// <summary>Reserved.</summary>
    Record = 1 << 10,

    /// <summary>To point and draw on the customer's screen; needs View.</summary>
    Draw = 1 << 11,

    /// <summary>Every bit that has a meaning; the others must be zero.</summary>
    All = (1 << 12) - 1,
}
