namespace Nabij.Protocol.Files;

/// <summary>CANCEL: the transfer has ended, and why.</summary>
public sealed record Cancel(uint Id, TransferReason Reason) : TransferEnd(Id, Reason)
{
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Cancel;
}
