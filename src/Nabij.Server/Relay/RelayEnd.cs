namespace Nabij.Server.Relay;

/// <summary>Why a relayed run ended, as far as the server can know.</summary>
internal enum RelayEnd
{
    HostGone,
    ViewerGone,
    BadMessage,
    TooLarge,
    Stalled,
    GoingAway,

    /// <summary>The technician's sign-in ended or lost its right.</summary>
    SignedOut,
}
