using Nabij.Protocol.Wire;

namespace Nabij.Protocol.People;

/// <summary>INVITATION: how the invitation of the receiver stands.</summary>
/// <param name="Number">Of the INVITE.</param>
/// <param name="State">How it stands.</param>
/// <param name="Seconds">How long the code still serves; 0 without one.</param>
/// <param name="Code">Nine digits in the state Code; else empty. A secret.</param>
public sealed record Invitation(uint Number, InvitationState State, ushort Seconds = 0, string Code = "") : PeopleMessage
{
    // number u32, state u8, seconds u16, code text<9>
    /// <inheritdoc/>
    public override PeopleMessageType Type => PeopleMessageType.Invitation;

    internal static Invitation Read(ref WireReader reader)
    {
        var (number, state) = (ReadNumber(ref reader), reader.ReadU8());
        WireReader.Require(Enum.IsDefined((InvitationState)state), WireError.InvalidValue);
        var seconds = reader.ReadU16();
        var code = reader.ReadText(0, PeopleLimits.CodeDigits);
        if ((InvitationState)state == InvitationState.Code)
        {
            WireReader.Require(System.Text.Encoding.UTF8.GetByteCount(code) == PeopleLimits.CodeDigits, WireError.LengthOutOfRange);
            WireReader.Require(code.All(char.IsAsciiDigit), WireError.InvalidValue);
        }
        else
        {
            WireReader.Require(code.Length == 0 && seconds == 0, WireError.InvalidValue);
        }

        return new Invitation(number, (InvitationState)state, seconds, code);
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Number);
        writer.WriteU8((byte)State);
        writer.WriteU16(Seconds);
        writer.WriteText(Code, PeopleLimits.CodeDigits);
    }

    // A code belongs in no log and no exception text.
    /// <inheritdoc/>
    public override string ToString() => $"Invitation {Number} {State}";
}
