using Nabij.Protocol.People;

namespace Nabij.Protocol.Session;

/// <summary>
/// The channel table (docs/protocol/04-channels.md): all that the record layer knows of channels. A test compares
/// <see cref="Version1"/> with the chapter.
/// </summary>
public sealed class ChannelTable
{
    /// <summary>Payload bytes of one piece of a message that goes in pieces.</summary>
    public const int PieceBytes = 16_384;

    private const int LargestRecordPayload = 65_530;
    private const int LargestDrawing = 512;
    private const int Numbers = 256;

    private readonly ChannelRule?[] _byNumber = new ChannelRule?[Numbers];

    /// <summary>Makes a table; tests of the record layer bring their own.</summary>
    public ChannelTable(params ReadOnlySpan<ChannelRule> rules)
    {
        Rules = rules.ToArray();
        foreach (var rule in rules)
            _byNumber[rule.Number] = rule;
    }

    /// <summary>The table of protocol version 1.</summary>
    public static ChannelTable Version1 { get; } = new(
        new ChannelRule((byte)Channel.Control, null, true, LargestRecordPayload, false, 0),
        new ChannelRule((byte)Channel.Input, Party.Viewer, true, LargestRecordPayload, false, 1),
        new ChannelRule((byte)Channel.Cursor, Party.Host, false, 1_048_576, true, 2),
        new ChannelRule((byte)Channel.Screen, Party.Host, false, 16_777_216, true, 3),
        new ChannelRule((byte)Channel.Feedback, Party.Viewer, false, LargestRecordPayload, false, 2),
        new ChannelRule((byte)Channel.Clipboard, null, true, PieceBytes, false, 4),
        new ChannelRule((byte)Channel.Drawing, Party.Viewer, false, LargestDrawing, false, 1),
        new ChannelRule((byte)Channel.Chat, null, true, LargestRecordPayload, false, 3),
        new ChannelRule((byte)Channel.Files, null, false, PieceBytes, false, 5),
        new ChannelRule((byte)Channel.Facts, null, true, PieceBytes, false, 2),
        new ChannelRule((byte)Channel.People, null, true, PeopleLimits.LargestMessage, false, 1));

    /// <summary>The rows.</summary>
    public IReadOnlyList<ChannelRule> Rules { get; }

    /// <summary>The row of a channel, or null.</summary>
    public ChannelRule? Find(byte number) => _byNumber[number];

    /// <summary>The row of a channel that this side may send on.</summary>
    internal ChannelRule RequireSender(byte number, Party sender) =>
        Find(number) is { } rule && (rule.Sender ?? sender) == sender
            ? rule
            : throw new ArgumentOutOfRangeException(nameof(number), "This side does not send on that channel.");
}
