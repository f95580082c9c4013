using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Control;

/// <summary>Types of control messages (docs/protocol/04-channels.md, "Control messages").</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no type.")]
public enum ControlMessageType : byte
{
    /// <summary>Last record of an epoch.</summary>
    KeyUpdate = 0x01,

    /// <summary>The session ends now, and why.</summary>
    Close = 0x02,

    /// <summary>First record after a resume.</summary>
    Resumed = 0x03,

    /// <summary>The permissions in force have grown.</summary>
    Grant = 0x10,

    /// <summary>The permissions in force have shrunk.</summary>
    Revoke = 0x11,

    /// <summary>The customer pressed Stop.</summary>
    Stopped = 0x12,

    /// <summary>The customer chose Go on.</summary>
    Continued = 0x13,

    /// <summary>Please allow these.</summary>
    Ask = 0x14,

    /// <summary>The customer said no to an ASK.</summary>
    Declined = 0x15,

    /// <summary>I am here.</summary>
    Keepalive = 0x16,
}
