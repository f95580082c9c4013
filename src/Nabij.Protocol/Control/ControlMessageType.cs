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

    /// <summary>The session is held: until CONTINUED only what is kept is in force.</summary>
    Stopped = 0x12,

    /// <summary>Nothing holds the session any more.</summary>
    Continued = 0x13,

    /// <summary>Please allow these.</summary>
    Ask = 0x14,

    /// <summary>The customer said no to an ASK.</summary>
    Declined = 0x15,

    /// <summary>I am here.</summary>
    Keepalive = 0x16,

    /// <summary>The customer uses the own mouse or keyboard: the viewer's had no effect.</summary>
    LocalInput = 0x17,

    /// <summary>A picture of the screen is about to be kept.</summary>
    PictureKept = 0x18,

    /// <summary>The customer is told of that picture.</summary>
    PictureNoted = 0x19,

    /// <summary>The key of the customer's log.</summary>
    LogKey = 0x20,

    /// <summary>Please countersign this head of the log.</summary>
    LogHead = 0x21,

    /// <summary>The technician's signature over that head.</summary>
    Countersigned = 0x22,
}
