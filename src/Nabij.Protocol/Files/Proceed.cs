namespace Nabij.Protocol.Files;

/// <summary>PROCEED: I hold this transfer no longer.</summary>
public sealed record Proceed(uint Id) : TransferMessage(Id)
{
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Proceed;
}
