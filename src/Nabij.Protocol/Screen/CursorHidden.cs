namespace Nabij.Protocol.Screen;

/// <summary>HIDDEN: there is no pointer to show; no fields.</summary>
public sealed record CursorHidden : CursorMessage
{
    /// <inheritdoc/>
    public override CursorMessageType Type => CursorMessageType.Hidden;

    /// <inheritdoc/>
    public override int EncodedLength => 1;
}
