namespace Nabij.Protocol.Session;

/// <summary>How much may wait on one channel before its producer must stop (docs/protocol/04-channels.md).</summary>
internal static class WaitingLimits
{
    /// <summary>Control and input.</summary>
    public const int MostMessages = 256;

    /// <summary>Screen: the pieces of one update, CHECK and LAYOUT.</summary>
    public const int MostScreenMessages = 1024;

    /// <summary>Cursor and feedback: the newest of each kind.</summary>
    public const int MostKinds = 4;

    /// <summary>Bytes, on every channel: one update of the largest screen fits, a second one does not.</summary>
    public const long MostBytes = 128L * 1024 * 1024;

    public static int Messages(Channel channel) => channel switch
    {
        Channel.Screen => MostScreenMessages,
        Channel.Cursor or Channel.Feedback => MostKinds,
        _ => MostMessages,
    };
}
