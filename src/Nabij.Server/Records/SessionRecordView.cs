using Nabij.Server.Pictures;

namespace Nabij.Server.Records;

/// <summary>One session as its page and its report show it.</summary>
public sealed record SessionRecordView
{
    public required SessionRow Row { get; init; }

    public required string Nameplate { get; init; }

    public required string Language { get; init; }

    public required string Program { get; init; }

    /// <summary>Empty where it did not happen.</summary>
    public required string Started { get; init; }

    public required string Ended { get; init; }

    public required string Waited { get; init; }

    public required string FromCustomer { get; init; }

    public required string ToCustomer { get; init; }

    /// <summary>Null when it was deleted after its time.</summary>
    public required ConsentView? Consent { get; init; }

    public required IReadOnlyList<AuditRow> Events { get; init; }

    /// <summary>All who took part, in the order in which they came; empty where it was one technician alone.</summary>
    public required IReadOnlyList<SessionPerson> People { get; init; }

    /// <summary>What was written down about it, oldest first.</summary>
    public required IReadOnlyList<NoteView> Notes { get; init; }

    /// <summary>Sealed pictures, oldest first.</summary>
    public required PicturesView Pictures { get; init; }

    /// <summary>A picture was just removed.</summary>
    public bool IsPictureRemoved { get; init; }

    /// <summary>Hours, minutes, seconds; empty where nothing was noted.</summary>
    public required string Worked { get; init; }

    /// <summary>When this was looked up.</summary>
    public required string Now { get; init; }
}

/// <summary>The part of one person in a session.</summary>
/// <param name="Name">Or that it was a relative.</param>
/// <param name="From">When he or she came.</param>
/// <param name="Until">Empty while he or she is there.</param>
/// <param name="Length">Hours, minutes, seconds; empty where there is none.</param>
/// <param name="Worked">As noted; empty where nothing was.</param>
/// <param name="End">How it ended.</param>
public sealed record SessionPerson(string Name, string From, string Until, string Length, string Worked, string End);

/// <summary>A note of a session.</summary>
public sealed record NoteView(string When, string Who, string Text);
