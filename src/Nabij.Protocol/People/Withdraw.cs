using Nabij.Protocol.Wire;

namespace Nabij.Protocol.People;

/// <summary>WITHDRAW: nobody needs to come any more.</summary>
/// <param name="Number">Of the INVITE.</param>
public sealed record Withdraw(uint Number) : PeopleMessage
{
    /// <inheritdoc/>
    public override PeopleMessageType Type => PeopleMessageType.Withdraw;

    private protected override void WriteFields(ref WireWriter writer) => writer.WriteU32(Number);
}
