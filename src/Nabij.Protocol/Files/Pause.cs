namespace Nabij.Protocol.Files;

/// <summary>PAUSE: hold this transfer.</summary>
public sealed record Pause(uint Id) : TransferMessage(Id)
{
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Pause;
}
