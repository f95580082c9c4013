using System.Globalization;
using Nabij.Protocol.Chat;
using Nabij.Protocol.Clipboard;
using Nabij.Protocol.Control;
using Nabij.Protocol.Drawing;
using Nabij.Protocol.Facts;
using Nabij.Protocol.People;
using Nabij.Protocol.Files;
using Nabij.Protocol.Input;
using Nabij.Protocol.Log;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Session;
using Nabij.Protocol.Tests.Vectors;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Tests.Drift;

/// <summary>The tables of docs/protocol and the constants of the code say the same, in both directions.</summary>
[Trait("Invariant", "11")]
[Trait("Kind", "Architecture")]
public sealed class ProtocolTableTests
{
    [Fact]
    public void Wire_errors_are_those_of_chapter_09() =>
        Assert.Equal(ProtocolTables.Rows("09-errors.md", "Wire errors").Select(row => row[0]), Enum.GetNames<WireError>());

    [Fact]
    public void Handshake_errors_are_those_of_chapter_09() => Assert.Equal(
        ProtocolTables.Rows("09-errors.md", "Handshake errors").Select(row => row[0]).Order(),
        Enum.GetNames<HandshakeError>().Order());

    [Fact]
    public void Resume_errors_are_those_of_chapter_09()
    {
        var text = File.ReadAllText(Path.Combine(VectorFolder.Root, "docs", "protocol", "09-errors.md"));
        var paragraph = text.Split("## ").Single(part => part.StartsWith("Resume errors", StringComparison.Ordinal));
        Assert.All(Enum.GetNames<ResumeError>(), name => Assert.Contains(name, paragraph, StringComparison.Ordinal));
    }

    [Fact]
    public void End_reasons_are_those_of_chapter_09() => Assert.Equal(
        ProtocolTables.Rows("09-errors.md", "End reasons").Select(row => (Number(row[0]), ProtocolTables.Pascal(row[1]))),
        Enum.GetValues<EndReason>().Select(reason => ((int)reason, reason.ToString())));

    [Fact]
    public void Stop_reasons_are_those_of_chapter_09() => Assert.Equal(
        ProtocolTables.Rows("09-errors.md", "Stop reasons").Select(row => (Number(row[0]), ProtocolTables.Pascal(row[1]))),
        Enum.GetValues<StopReason>().Select(reason => ((int)reason, reason.ToString())));

    [Fact]
    public void Close_codes_are_those_of_chapter_09() => Assert.Equal(
        ProtocolTables.Rows("09-errors.md", "Close codes").Select(row => (Number(row[0]), ProtocolTables.Pascal(row[1]))),
        Enum.GetValues<SocketCloseCode>().Select(code => ((int)code, code.ToString())));

    [Fact]
    public void Channels_are_those_of_chapter_04()
    {
        var rows = ProtocolTables.Rows("04-channels.md", "Channels").Select(row => new ChannelRule(
            (byte)Number(row[0]),
            row[2] switch { "host" => Party.Host, "viewer" => Party.Viewer, _ => null },
            row[3] == "yes",
            Number(row[4].Split(',')[0]),
            !row[4].Contains("never fragmented", StringComparison.Ordinal),
            Number(row[5])));
        Assert.Equal(rows, ChannelTable.Version1.Rules);
        Assert.Equal(
            ProtocolTables.Rows("04-channels.md", "Channels").Select(row => (Number(row[0]), ProtocolTables.Pascal(row[1]))),
            Enum.GetValues<Channel>().Select(channel => ((int)channel, channel.ToString())));
    }

    [Fact]
    public void Permissions_are_those_of_chapter_04()
    {
        var rows = ProtocolTables.Rows("04-channels.md", "Permissions");
        Assert.Equal(
            rows.Select(row => (1u << Number(row[0]), ProtocolTables.Pascal(row[1]))),
            Enum.GetValues<Permissions>().Where(bit => bit is not (Permissions.None or Permissions.All))
                .Select(bit => ((uint)bit, bit.ToString())));
        Assert.Equal((uint)Permissions.All, (1u << rows.Count) - 1);
    }

    [Fact]
    public void Control_messages_are_those_of_chapter_04()
    {
        AssertTypes<ControlMessageType>("04-channels.md", "Control messages");
        foreach (var row in ProtocolTables.Rows("04-channels.md", "Control messages"))
        {
            var type = Enum.Parse<ControlMessageType>(ProtocolTables.Pascal(row[1]));
            Assert.Equal(row[2] is "host" or "both", ControlMessage.MaySend(Party.Host, type));
            Assert.Equal(row[2] is "viewer" or "both", ControlMessage.MaySend(Party.Viewer, type));
        }
    }

    [Fact]
    public void Screen_messages_are_those_of_chapter_05() =>
        AssertTypes<ScreenMessageType>("05-screen.md", "Screen messages");

    [Fact]
    public void Cursor_messages_are_those_of_chapter_05() =>
        AssertTypes<CursorMessageType>("05-screen.md", "Cursor messages");

    [Fact]
    public void Feedback_messages_are_those_of_chapter_05() =>
        AssertTypes<FeedbackMessageType>("05-screen.md", "Feedback messages");

    [Fact]
    public void Input_messages_are_those_of_chapter_06() =>
        AssertTypes<InputMessageType>("06-input.md", "Input messages");

    [Fact]
    public void Chat_messages_are_those_of_chapter_07() =>
        AssertTypes<ChatMessageType>("07-chat-and-clipboard.md", "Chat messages");

    [Fact]
    public void Clipboard_messages_are_those_of_chapter_07()
    {
        AssertTypes<ClipboardMessageType>("07-chat-and-clipboard.md", "Clipboard messages");
        foreach (var row in ProtocolTables.Rows("07-chat-and-clipboard.md", "Clipboard messages"))
        {
            var type = Enum.Parse<ClipboardMessageType>(ProtocolTables.Pascal(row[1]));
            Assert.Equal(row[2] is "host" or "both", ClipboardMessage.MaySend(Party.Host, type));
            Assert.Equal(row[2] is "viewer" or "both", ClipboardMessage.MaySend(Party.Viewer, type));
        }
    }

    [Fact]
    public void Outcomes_of_the_clipboard_are_those_of_chapter_07() => Assert.Equal(
        ProtocolTables.Rows("07-chat-and-clipboard.md", "Outcomes").Select(row => (Number(row[0]), ProtocolTables.Pascal(row[1]))),
        Enum.GetValues<ClipboardOutcome>().Select(outcome => ((int)outcome, outcome.ToString())));

    [Fact]
    public void File_messages_are_those_of_chapter_08()
    {
        AssertTypes<FileMessageType>("08-files.md", "File messages");
        foreach (var row in ProtocolTables.Rows("08-files.md", "File messages"))
        {
            var type = Enum.Parse<FileMessageType>(ProtocolTables.Pascal(row[1]));
            Assert.Equal(row[2] is "host" or "both", FileMessage.MaySend(Party.Host, type));
            Assert.Equal(row[2] is "viewer" or "both", FileMessage.MaySend(Party.Viewer, type));
        }
    }

    [Fact]
    public void Drawing_messages_are_those_of_chapter_11() =>
        AssertTypes<DrawingMessageType>("11-drawing.md", "Drawing messages");

    [Fact]
    public void People_messages_are_those_of_chapter_13()
    {
        AssertTypes<PeopleMessageType>("13-participants.md", "Participant messages");
        foreach (var row in ProtocolTables.Rows("13-participants.md", "Participant messages"))
        {
            var type = Enum.Parse<PeopleMessageType>(ProtocolTables.Pascal(row[1]));
            Assert.Equal(row[2] == "host", PeopleMessage.MaySend(Party.Host, type));
            Assert.Equal(row[2] == "viewer", PeopleMessage.MaySend(Party.Viewer, type));
        }

        Assert.Equal(
            ProtocolTables.Rows("13-participants.md", "States of an invitation").Select(row => (Number(row[0]), ProtocolTables.Pascal(row[1]))),
            Enum.GetValues<InvitationState>().Select(state => ((int)state, state.ToString())));
    }

    [Fact]
    [Trait("Invariant", "11")]
    public void Facts_messages_are_those_of_chapter_12()
    {
        AssertTypes<FactsMessageType>("12-system-information.md", "Facts messages");
        foreach (var row in ProtocolTables.Rows("12-system-information.md", "Facts messages"))
        {
            var type = Enum.Parse<FactsMessageType>(ProtocolTables.Pascal(row[1]));
            Assert.Equal(row[2] == "host", FactsMessage.MaySend(Party.Host, type));
            Assert.Equal(row[2] == "viewer", FactsMessage.MaySend(Party.Viewer, type));
        }
    }

    [Fact]
    public void Facts_are_those_of_chapter_12() => Assert.Equal(
        ProtocolTables.Rows("12-system-information.md", "The list").Select(row => (Number(row[0]), ProtocolTables.Pascal(row[1]))),
        Enum.GetValues<FactKind>().Select(kind => ((int)kind, kind.ToString())));

    [Fact]
    public void Transfer_reasons_are_those_of_chapter_08() => Assert.Equal(
        ProtocolTables.Rows("08-files.md", "Transfer reasons").Select(row => (Number(row[0]), ProtocolTables.Pascal(row[1]))),
        Enum.GetValues<TransferReason>().Select(reason => ((int)reason, reason.ToString())));

    [Fact]
    public void Refusals_of_names_are_those_of_chapter_08() => Assert.Equal(
        ProtocolTables.Rows("08-files.md", "Names").Select(row => ProtocolTables.Pascal(row[0])),
        Enum.GetValues<NameRefusal>().Where(refusal => refusal != NameRefusal.None).Select(refusal => refusal.ToString()));

    [Fact]
    public void Entries_of_the_customers_log_are_those_of_chapter_10() => Assert.Equal(
        ProtocolTables.Rows("10-customer-log.md", "Entries").Select(row => (Number(row[0]), ProtocolTables.Pascal(row[1]))),
        Enum.GetValues<LogEntryKind>().Select(kind => ((int)kind, kind.ToString())));

    [Fact]
    public void Handshake_messages_are_those_of_chapter_02() =>
        AssertTypes<HandshakeMessageType>("02-handshake.md", "Messages");

    [Fact]
    public void Rendezvous_messages_are_those_of_chapter_01() => Assert.Equal(
        ProtocolTables.Rows("01-rendezvous.md", "Messages").Select(row => row[1]),
        [Register.Name, RegisterParticipant.Name, NameplateGiven.Name, Join.Name, PairedViewer.Name, Resume.Name, Waiting.Name, Rejoined.Name, Refused.Name]);

    [Fact]
    public void Reasons_of_a_refusal_are_those_of_chapter_01()
    {
        var text = File.ReadAllText(Path.Combine(VectorFolder.Root, "docs", "protocol", "01-rendezvous.md"));
        var paragraph = text[text.IndexOf("### REFUSED", StringComparison.Ordinal)..];
        foreach (var reason in Enum.GetValues<RefusalReason>())
        {
            var json = System.Text.Encoding.UTF8.GetString(new Refused(reason, 0).Encode());
            var word = json.Split('"')[7];
            Assert.Contains($"`{word}`", paragraph, StringComparison.Ordinal);
        }
    }

    private static void AssertTypes<T>(string chapter, string heading)
        where T : struct, Enum =>
        Assert.Equal(
            ProtocolTables.Rows(chapter, heading)
                .Select(row => (Convert.ToInt32(row[0], 16), ProtocolTables.Pascal(row[1]))),
            Enum.GetValues<T>().Select(type => (Convert.ToInt32(type, CultureInfo.InvariantCulture), type.ToString())));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
