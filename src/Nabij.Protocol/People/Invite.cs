using Nabij.Protocol.Wire;

namespace Nabij.Protocol.People;

/// <summary>INVITE: please ask the customer whether a colleague may come.</summary>
/// <param name="Number">Higher than that of the INVITE before.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Name">Who is to come, 1-64 bytes; peer text.</param>
/// <param name="Reason">For the customer, 0-400 bytes; peer text.</param>
public sealed record Invite(uint Number, InvitePurpose Purpose, string Name, string Reason) : PeopleMessage
{
    // number u32, purpose u8, name text<64>, reason text<400>
    /// <inheritdoc/>
    public override PeopleMessageType Type => PeopleMessageType.Invite;

    internal static Invite Read(ref WireReader reader)
    {
        var (number, purpose) = (ReadNumber(ref reader), reader.ReadU8());
        WireReader.Require(Enum.IsDefined((InvitePurpose)purpose), WireError.InvalidValue);
        return new Invite(number, (InvitePurpose)purpose, ReadName(ref reader), reader.ReadText(0, PeopleLimits.ReasonBytes));
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Number);
        writer.WriteU8((byte)Purpose);
        writer.WriteText(Name, PeopleLimits.NameBytes);
        writer.WriteText(Reason, PeopleLimits.ReasonBytes);
    }
}
