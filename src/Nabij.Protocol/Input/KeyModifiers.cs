namespace Nabij.Protocol.Input;

/// <summary>What the technician holds while a key goes down or up.</summary>
[Flags]
public enum KeyModifiers : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Shift.</summary>
    Shift = 1,

    /// <summary>Control.</summary>
    Control = 2,

    /// <summary>Alt.</summary>
    Alt = 4,

    /// <summary>The Windows or Command key.</summary>
    Meta = 8,

    /// <summary>AltGraph.</summary>
    AltGraph = 16,

    /// <summary>Every bit that has a meaning.</summary>
    All = 31,
}
