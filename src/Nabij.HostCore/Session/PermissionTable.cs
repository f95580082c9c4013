using Nabij.Protocol;
using Nabij.Protocol.Chat;
using Nabij.Protocol.Clipboard;
using Nabij.Protocol.Control;
using Nabij.Protocol.Drawing;
using Nabij.Protocol.Facts;
using Nabij.Protocol.Files;
using Nabij.Protocol.Input;
using Nabij.Protocol.People;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Session;

/// <summary>What a message of the viewer needs: all of these permissions; none for those that are always allowed.</summary>
/// <param name="Channel">The channel it comes on.</param>
/// <param name="Type">Its type byte there.</param>
/// <param name="Needs">Permissions that must be in force; a message that needs none passes even while Stop holds.</param>
public readonly record struct PermissionRow(Channel Channel, byte Type, Permissions Needs);

/// <summary>
/// The table of docs/protocol/04, "Permissions", as data. A message without a row is refused; a test compares the rows
/// with every message type that a viewer may send, so a new type without a row fails the build.
/// </summary>
public static class PermissionTable
{
    private const Permissions Pointer = Permissions.View | Permissions.Pointer, Keyboard = Permissions.View | Permissions.Keyboard;

    public static IReadOnlyList<PermissionRow> Rows { get; } =
    [
        Row(ControlMessageType.KeyUpdate), Row(ControlMessageType.Resumed), Row(ControlMessageType.Close),
        Row(ControlMessageType.Keepalive), Row(ControlMessageType.Ask), Row(ControlMessageType.Countersigned),
        new(Channel.Control, (byte)ControlMessageType.PictureKept, Permissions.View),
        Row(FeedbackMessageType.Presented, Permissions.View), Row(FeedbackMessageType.Repair, Permissions.View),
        Row(InputMessageType.PointerMove, Pointer), Row(InputMessageType.PointerButton, Pointer), Row(InputMessageType.Wheel, Pointer),
        Row(InputMessageType.Key, Keyboard), Row(InputMessageType.Text, Keyboard),
        Row(InputMessageType.ReleaseAll, Permissions.None), Row(InputMessageType.Held, Permissions.None),
        Row(ChatMessageType.Line, Permissions.Chat), Row(ChatMessageType.Delivered, Permissions.None), Row(ChatMessageType.Seen, Permissions.None),
        Row(ClipboardMessageType.Text, Permissions.ClipboardToHost), Row(ClipboardMessageType.More, Permissions.ClipboardToHost),
        Row(ClipboardMessageType.Request, Permissions.ClipboardFromHost), Row(ClipboardMessageType.Taken, Permissions.None),
        .. Enum.GetValues<DrawingMessageType>().Select(type => new PermissionRow(Channel.Drawing, (byte)type, Permissions.View | Permissions.Draw)),
        Row(PeopleMessageType.Invite, Permissions.None), Row(PeopleMessageType.Withdraw, Permissions.None),
        Row(PeopleMessageType.TakeControl, Permissions.View), Row(PeopleMessageType.Halt, Permissions.None),
        new(Channel.Facts, (byte)FactsMessageType.Request, Permissions.SystemInformation),
        Row(FileMessageType.Offer, Permissions.FilesToHost), Row(FileMessageType.Start, Permissions.FilesToHost),
        Row(FileMessageType.Chunk, Permissions.FilesToHost), Row(FileMessageType.Finish, Permissions.FilesToHost),
        Row(FileMessageType.Accept, Permissions.FilesFromHost), Row(FileMessageType.Credit, Permissions.FilesFromHost),
        Row(FileMessageType.Verified, Permissions.FilesFromHost), Row(FileMessageType.Request, Permissions.FilesFromHost),
        Row(FileMessageType.Refuse, Permissions.None), Row(FileMessageType.Cancel, Permissions.None),
        Row(FileMessageType.Pause, Permissions.None), Row(FileMessageType.Proceed, Permissions.None), Row(FileMessageType.Renewed, Permissions.None),
        Row(FileMessageType.Seen, Permissions.None),
    ];

    /// <summary>What a relative may send at all (docs/protocol/13); what it needs is the same as for a technician.</summary>
    public static IReadOnlyList<(Channel Channel, byte Type)> OfRelatives { get; } =
    [
        (Channel.Control, (byte)ControlMessageType.KeyUpdate), (Channel.Control, (byte)ControlMessageType.Resumed),
        (Channel.Control, (byte)ControlMessageType.Close), (Channel.Control, (byte)ControlMessageType.Keepalive),
        (Channel.People, (byte)PeopleMessageType.Halt),
        (Channel.Feedback, (byte)FeedbackMessageType.Presented), (Channel.Feedback, (byte)FeedbackMessageType.Repair),
        (Channel.Chat, (byte)ChatMessageType.Delivered), (Channel.Chat, (byte)ChatMessageType.Seen),
    ];

    /// <summary>The row of a message for this role, or null: refused.</summary>
    public static PermissionRow? Find(ParticipantRole role, Channel channel, byte type)
    {
        var isAllowed = role == ParticipantRole.Relative
            ? OfRelatives.Contains((channel, type))
            : (channel, type) != (Channel.People, (byte)PeopleMessageType.Halt);
        return isAllowed ? Find(channel, type) : null;
    }

    /// <summary>The row of a message, or null: refused to everybody.</summary>
    public static PermissionRow? Find(Channel channel, byte type)
    {
        foreach (var row in Rows)
            if (row.Channel == channel && row.Type == type) return row;
        return null;
    }

    private static PermissionRow Row(ControlMessageType type) => new(Channel.Control, (byte)type, Permissions.None);

    private static PermissionRow Row(ChatMessageType type, Permissions needs) => new(Channel.Chat, (byte)type, needs);

    private static PermissionRow Row(PeopleMessageType type, Permissions needs) => new(Channel.People, (byte)type, needs);

    private static PermissionRow Row(FeedbackMessageType type, Permissions needs) => new(Channel.Feedback, (byte)type, needs);

    private static PermissionRow Row(InputMessageType type, Permissions needs) => new(Channel.Input, (byte)type, needs);

    private static PermissionRow Row(ClipboardMessageType type, Permissions needs) => new(Channel.Clipboard, (byte)type, needs);

    private static PermissionRow Row(FileMessageType type, Permissions needs) => new(Channel.Files, (byte)type, needs);
}
