namespace Nabij.Protocol.Files;

/// <summary>REFUSE: the receiver does not want the file, and why.</summary>
public sealed record Refuse(uint Id, TransferReason Reason) : TransferEnd(Id, Reason)
{
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Refuse;
}
