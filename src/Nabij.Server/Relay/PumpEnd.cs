namespace Nabij.Server.Relay;

/// <summary>Why one pump stopped.</summary>
internal enum PumpEnd
{
    /// <summary>The side it reads from closed or broke its connection; everything received has been passed on.</summary>
    SourceGone,

    /// <summary>Likewise, and the side said with 1000 or 1001 that this is the end.</summary>
    SourceClosed,

    /// <summary>Likewise, with 4009: the side refused to resume.</summary>
    SourceRefused,

    /// <summary>The side it writes to takes nothing any more.</summary>
    TargetGone,

    /// <summary>A text message after pairing.</summary>
    BadMessage,

    /// <summary>A message above 65,560 bytes, or more bytes than one session may carry.</summary>
    TooLarge,
}
