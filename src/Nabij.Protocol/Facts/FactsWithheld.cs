namespace Nabij.Protocol.Facts;

/// <summary>WITHHELD: the customer does not send the list.</summary>
public sealed record FactsWithheld(uint Number) : FactsMessage(Number)
{
    /// <inheritdoc/>
    public override FactsMessageType Type => FactsMessageType.Withheld;
}
