using System.Text;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Chat;

/// <summary>SAID: one line of another participant (docs/protocol/13-participants.md), in one row with the host's own lines.</summary>
public sealed record ChatSaid : ChatMessage
{
    /// <summary>Makes a line.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="person">Who wrote it, 1-255.</param>
    /// <param name="text">As <see cref="ChatLine.TryForm"/> gives it.</param>
    public ChatSaid(ulong number, byte person, string text)
        : base(number) => (Person, Text) = (person, text);

    // number u64 from 1, person u8 from 1, text text<8000> of 1 to 2,000 characters

    /// <summary>Who wrote it.</summary>
    public byte Person { get; }

    /// <summary>What was said.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override ChatMessageType Type => ChatMessageType.Said;

    private protected override int LargestTextBytes => ChatLine.MostBytes;

    internal static ChatSaid Read(ref WireReader reader)
    {
        var (number, person) = (ReadNumber(ref reader), reader.ReadU8());
        WireReader.Require(person != 0, WireError.InvalidValue);
        return new ChatSaid(number, person, ChatLine.ReadLine(ref reader));
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU8(Person);
        writer.WriteText(Text, ChatLine.MostBytes);
    }

    // What was said belongs in no log and no exception text.
    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder) => false;
}
