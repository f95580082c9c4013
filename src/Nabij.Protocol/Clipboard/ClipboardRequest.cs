namespace Nabij.Protocol.Clipboard;

/// <summary>REQUEST: the technician would like what the customer copied.</summary>
public sealed record ClipboardRequest(uint Number) : ClipboardMessage(Number)
{
    /// <inheritdoc/>
    public override ClipboardMessageType Type => ClipboardMessageType.Request;
}
