namespace Nabij.Protocol.Session;

/// <summary>
/// A record was refused (docs/protocol/03-records.md). One error for every reason, on purpose: the receiver closes the
/// connection, lets go of keys and buttons, and tells nobody which check failed.
/// </summary>
public sealed class RecordRefusedException : Exception
{
    /// <summary>Creates the one form.</summary>
    public RecordRefusedException()
        : base("A record was refused.")
    {
    }
}
