namespace Nabij.Protocol.Input;

/// <summary>RELEASE_ALL: let go of everything; no fields.</summary>
public sealed record ReleaseAll : InputMessage
{
    /// <inheritdoc/>
    public override InputMessageType Type => InputMessageType.ReleaseAll;
}
