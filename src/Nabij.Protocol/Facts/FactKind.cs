using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Facts;

/// <summary>The facts that there are, and no others (docs/protocol/12-system-information.md, "The list").</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no fact.")]
public enum FactKind : byte
{
    /// <summary>The operating system: name and version.</summary>
    System = 1,

    /// <summary>Its kernel: name and version.</summary>
    Kernel = 2,

    /// <summary>What the computer calls itself.</summary>
    ComputerName = 3,

    /// <summary>Model; how many threads it runs at once.</summary>
    Processor = 4,

    /// <summary>Bytes: all; available for programs.</summary>
    Memory = 5,

    /// <summary>Where a local drive stands; bytes: size; free.</summary>
    Disk = 6,

    /// <summary>Width and height in pixels; scale in percent.</summary>
    Display = 7,

    /// <summary>Minutes since it was started.</summary>
    Uptime = 8,

    /// <summary>Language of the desktop.</summary>
    Language = 9,

    /// <summary>Name of the time zone.</summary>
    TimeZone = 10,

    /// <summary>Kind of desktop.</summary>
    Desktop = 11,

    /// <summary>How the computer is connected, see <see cref="NetworkKind"/>.</summary>
    Network = 12,

    /// <summary>Percent; 1 when it is being charged or full on mains.</summary>
    Battery = 13,

    /// <summary>Version of the host's program.</summary>
    Program = 14,
}
