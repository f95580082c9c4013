namespace Nabij.HostCore.Session;

/// <summary>Numbers of the channels of docs/protocol/04.</summary>
internal static class Channels
{
    public const byte Control = 0, Input = 1, Cursor = 2, Screen = 3, Feedback = 4;
}
