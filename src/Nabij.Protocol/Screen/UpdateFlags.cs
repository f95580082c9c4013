using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Screen;

/// <summary>Flags of an UPDATE; other bits are zero.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711", Justification = "The spec's name of the field.")]
public enum UpdateFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>The last piece of its update: the picture may be shown.</summary>
    Last = 1,

    /// <summary>Captured while input of this viewer was fresh.</summary>
    Echo = 2,
}
