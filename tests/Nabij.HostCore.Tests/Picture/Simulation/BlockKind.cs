namespace Nabij.HostCore.Tests.Picture.Simulation;

/// <summary>What a simulated block stands for, with the sizes that picture.md B3 and B6 give such content.</summary>
internal enum BlockKind
{
    Flat = 0,

    /// <summary>Moved from elsewhere: a fraction of a byte.</summary>
    Copied = 1,

    /// <summary>A page of text and pictures while it scrolls: 9.5 kB for the whole screen.</summary>
    Mixed = 2,

    /// <summary>New text, exact at once unless the line is far too slow.</summary>
    Text = 3,

    /// <summary>New photographs, approximated at first.</summary>
    Photo = 4,

    /// <summary>A playing video: 10 kB a frame.</summary>
    Video = 5,
}
