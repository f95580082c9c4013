namespace Nabij.Protocol.Files;

/// <summary>RENEWED: all that I still send has been offered again.</summary>
public sealed record Renewed : FileMessage
{
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Renewed;
}
