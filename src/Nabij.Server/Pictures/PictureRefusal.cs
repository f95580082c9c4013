namespace Nabij.Server.Pictures;

/// <summary>Why a picture was not kept.</summary>
internal enum PictureRefusal
{
    None,

    /// <summary>There is no such session of this technician's.</summary>
    Unknown,

    /// <summary>The session ended longer ago than something may be added to it.</summary>
    Closed,

    /// <summary>It is not sealed to the organization's newest key, or there is none.</summary>
    OtherKey,

    /// <summary>Another picture has its number.</summary>
    Taken,

    /// <summary>The session has as many as it may have of this technician.</summary>
    TooMany,

    /// <summary>The organization's pictures fill their room.</summary>
    Full,
}
