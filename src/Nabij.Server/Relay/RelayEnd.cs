namespace Nabij.Server.Relay;

/// <summary>Why a relayed run ended, as far as the server can know.</summary>
internal enum RelayEnd
{
    HostGone,
    ViewerGone,

    /// <summary>The host closed in good order (1000 or 1001): it will not come back.</summary>
    HostClosed,

    /// <summary>The viewer closed in good order.</summary>
    ViewerClosed,

    /// <summary>A side refused R1 or R2 (4009).</summary>
    ResumeRefused,

    /// <summary>A side has come back on a new socket.</summary>
    Replaced,

    BadMessage,
    TooLarge,
    Stalled,
    GoingAway,

    /// <summary>The technician's sign-in ended or lost its right.</summary>
    SignedOut,
}
