namespace Nabij.Protocol.Input;

/// <summary>The locks of the technician's keyboard.</summary>
[Flags]
public enum KeyLocks : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Caps Lock.</summary>
    CapsLock = 1,

    /// <summary>Num Lock.</summary>
    NumLock = 2,

    /// <summary>Scroll Lock.</summary>
    ScrollLock = 4,

    /// <summary>Every bit that has a meaning.</summary>
    All = 7,
}
