namespace Nabij.Protocol.Log;

/// <summary>What an entry of the customer's log says (docs/protocol/10-customer-log.md, "Entries").</summary>
public enum LogEntryKind : byte
{
    /// <summary>The customer allowed these permissions.</summary>
    Allowed = 1,

    /// <summary>The customer took these permissions back.</summary>
    TakenBack = 2,

    /// <summary>These permissions were asked for, and the customer said no.</summary>
    NotAllowed = 3,

    /// <summary>The session is held.</summary>
    Stopped = 4,

    /// <summary>Nothing holds the session any more.</summary>
    WentOn = 5,

    /// <summary>The customer chose which displays are shared.</summary>
    Displays = 6,

    /// <summary>The technician's program tried what was not allowed.</summary>
    Refused = 7,

    /// <summary>The session ended; the last entry.</summary>
    Ended = 8,

    /// <summary>A file from the technician has arrived, or its transfer ended otherwise.</summary>
    FileReceived = 9,

    /// <summary>A file of the customer's has arrived at the technician, or its transfer ended otherwise.</summary>
    FileSent = 10,

    /// <summary>A text came onto the customer's clipboard.</summary>
    ClipboardPlaced = 11,

    /// <summary>A text went from the customer's clipboard to the technician.</summary>
    ClipboardGiven = 12,

    /// <summary>Facts about the computer went to the technician.</summary>
    FactsGiven = 13,

    /// <summary>The connection was lost.</summary>
    Lost = 14,

    /// <summary>The technician was back.</summary>
    Resumed = 15,

    /// <summary>The customer let one more person in.</summary>
    Joined = 16,

    /// <summary>A person left, and the session went on.</summary>
    Left = 17,

    /// <summary>The technician said that a picture of the screen is kept.</summary>
    PictureKept = 18,
}
