namespace Nabij.Server.Desk.Notes;

/// <summary>Why a note or a time was not saved.</summary>
internal enum NoteRefusal
{
    None,

    /// <summary>There is no such session of this technician's.</summary>
    Unknown,

    /// <summary>The session ended longer ago than its note may be changed.</summary>
    Closed,

    /// <summary>Another page has saved another text meanwhile.</summary>
    Changed,

    /// <summary>More time than the session has lasted.</summary>
    TooLong,
}
