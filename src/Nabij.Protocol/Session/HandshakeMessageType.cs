using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Session;

/// <summary>Types of the messages of RS1 (docs/protocol/02-handshake.md, "Messages"); the first lv item of each.</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no type.")]
public enum HandshakeMessageType : byte
{
    /// <summary>MSG1: share, commitment, certificate.</summary>
    Msg1 = 0x01,

    /// <summary>MSG2: share, consent, ceiling.</summary>
    Msg2 = 0x02,

    /// <summary>MSG3: proof of the secret, signature.</summary>
    Msg3 = 0x03,

    /// <summary>MSG4: proof of the secret, first grants, names.</summary>
    Msg4 = 0x04,

    /// <summary>UNSUPPORTED: none of your first choices.</summary>
    Unsupported = 0x0e,

    /// <summary>FAIL: the handshake failed.</summary>
    Fail = 0x0f,

    /// <summary>R1: resume, from the viewer.</summary>
    R1 = 0x11,

    /// <summary>R2: resume, from the host.</summary>
    R2 = 0x12,
}
