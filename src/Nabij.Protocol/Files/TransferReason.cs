using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Files;

/// <summary>Why a file was refused or its transfer ended (docs/protocol/08-files.md, "Transfer reasons").</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no reason.")]
public enum TransferReason : byte
{
    /// <summary>Somebody ended this transfer.</summary>
    Canceled = 1,

    /// <summary>The person at the receiver did not want it.</summary>
    Declined = 2,

    /// <summary>The name breaks the rules.</summary>
    NameRefused = 3,

    /// <summary>A permission was taken back, or the session ended.</summary>
    NotAllowed = 4,

    /// <summary>The receiver has no room.</summary>
    DiskFull = 5,

    /// <summary>The receiver's folder is read-only, gone, or not what it was.</summary>
    Unwritable = 6,

    /// <summary>The sender cannot read the file, or it is no ordinary file.</summary>
    Unreadable = 7,

    /// <summary>The file changed while it was sent.</summary>
    Changed = 8,

    /// <summary>Length or hash of what arrived is wrong.</summary>
    Mismatch = 9,

    /// <summary>The sender did not offer it again in a renewal.</summary>
    Withdrawn = 10,
}
