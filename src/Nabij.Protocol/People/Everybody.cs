using Nabij.Protocol.Wire;

namespace Nabij.Protocol.People;

/// <summary>PEOPLE: who is in the session now.</summary>
/// <param name="Own">The person of the receiver.</param>
/// <param name="Control">Who has mouse and keyboard; 0 for nobody.</param>
/// <param name="Participants">1-4, persons rising.</param>
public sealed record Everybody(byte Own, byte Control, IReadOnlyList<ListedParticipant> Participants) : PeopleMessage
{
    // own u8, control u8, count u8, count x (person u8, role u8, away u8, permissions u32, seconds u32, name text<64>)
    /// <inheritdoc/>
    public override PeopleMessageType Type => PeopleMessageType.People;

    /// <inheritdoc/>
    public bool Equals(Everybody? other) =>
        other is not null && (Own, Control) == (other.Own, other.Control) && Participants.SequenceEqual(other.Participants);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Own, Control, Participants.Count);

    internal static Everybody Read(ref WireReader reader)
    {
        var (own, control, count) = (reader.ReadU8(), reader.ReadU8(), reader.ReadU8());
        WireReader.Require(count is >= 1 and <= PeopleLimits.MostParticipants, WireError.InvalidValue);
        var participants = new List<ListedParticipant>(count);
        byte last = 0;
        for (var index = 0; index < count; index++)
        {
            var one = ReadOne(ref reader);
            WireReader.Require(one.Person > last, WireError.InvalidValue);
            last = one.Person;
            participants.Add(one);
        }

        WireReader.Require(participants.Exists(one => one.Person == own), WireError.InvalidValue);
        WireReader.Require(control == 0 || participants.Exists(one => one.Person == control), WireError.InvalidValue);
        return new Everybody(own, control, participants);
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU8(Own);
        writer.WriteU8(Control);
        writer.WriteU8((byte)Participants.Count);
        foreach (var one in Participants)
        {
            writer.WriteU8(one.Person);
            writer.WriteU8((byte)one.Role);
            writer.WriteU8(one.IsAway ? (byte)1 : (byte)0);
            writer.WriteU32((uint)one.Permissions);
            writer.WriteU32(one.Seconds);
            writer.WriteText(one.Name, PeopleLimits.NameBytes);
        }
    }

    private static ListedParticipant ReadOne(ref WireReader reader)
    {
        var (person, role) = (reader.ReadU8(), reader.ReadU8());
        WireReader.Require(person != 0 && Enum.IsDefined((ParticipantRole)role), WireError.InvalidValue);
        var away = reader.ReadU8();
        WireReader.Require(away <= 1, WireError.InvalidValue);
        var permissions = PermissionWords.Parse(reader.ReadU32());
        var seconds = reader.ReadU32();
        return new ListedParticipant(person, (ParticipantRole)role, away == 1, permissions, seconds, ReadName(ref reader));
    }
}
