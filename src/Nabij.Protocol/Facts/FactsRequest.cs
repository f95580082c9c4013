namespace Nabij.Protocol.Facts;

/// <summary>REQUEST: please send the list.</summary>
public sealed record FactsRequest(uint Number) : FactsMessage(Number)
{
    /// <inheritdoc/>
    public override FactsMessageType Type => FactsMessageType.Request;
}
