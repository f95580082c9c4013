using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Files;

/// <summary>Types of file messages (docs/protocol/08-files.md).</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no type.")]
public enum FileMessageType : byte
{
    /// <summary>A file that I would send.</summary>
    Offer = 0x01,

    /// <summary>Send it, from this offset.</summary>
    Accept = 0x02,

    /// <summary>I do not want it, and why.</summary>
    Refuse = 0x03,

    /// <summary>I send from this offset.</summary>
    Start = 0x04,

    /// <summary>Bytes of the file.</summary>
    Chunk = 0x05,

    /// <summary>You may send up to here.</summary>
    Credit = 0x06,

    /// <summary>Hold this transfer.</summary>
    Pause = 0x07,

    /// <summary>I hold it no longer.</summary>
    Proceed = 0x08,

    /// <summary>That was all, and this is its hash.</summary>
    Finish = 0x09,

    /// <summary>The file is whole and has its name.</summary>
    Verified = 0x0a,

    /// <summary>This transfer has ended, and why.</summary>
    Cancel = 0x0b,

    /// <summary>All that I still send is what I offer next.</summary>
    Renewed = 0x0c,

    /// <summary>Please choose a file for me.</summary>
    Request = 0x0d,

    /// <summary>What came of a REQUEST.</summary>
    Answer = 0x0e,

    /// <summary>I have taken your RENEWED.</summary>
    Seen = 0x0f,
}
