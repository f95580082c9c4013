using Nabij.Protocol.Files;

namespace Nabij.HostCore.Files;

/// <summary>How a transfer ended: the name of the file where it is now and the hash of the whole, or why there is none.</summary>
public sealed record TransferOutcome(string? Name, FileHash? Hash, TransferReason? Reason)
{
    /// <summary>It did not arrive.</summary>
    public static TransferOutcome Of(TransferReason reason) => new(null, null, reason);
}
