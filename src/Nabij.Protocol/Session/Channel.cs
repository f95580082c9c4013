namespace Nabij.Protocol.Session;

/// <summary>Channels of a session (docs/protocol/04-channels.md); the first byte inside a record.</summary>
public enum Channel : byte
{
    /// <summary>Grants, stop, end; both directions.</summary>
    Control = 0,

    /// <summary>Pointer, keys, text; from the viewer.</summary>
    Input = 1,

    /// <summary>The pointer's image and place; from the host.</summary>
    Cursor = 2,

    /// <summary>The picture; from the host.</summary>
    Screen = 3,

    /// <summary>What was presented; from the viewer.</summary>
    Feedback = 4,

    /// <summary>Text from the one's clipboard for the other's; both directions.</summary>
    Clipboard = 5,

    /// <summary>Pointing and drawing; from the viewer.</summary>
    Drawing = 6,

    /// <summary>What the two people write to each other; both directions.</summary>
    Chat = 7,

    /// <summary>Files; both directions.</summary>
    Files = 8,

    /// <summary>Facts about the customer's computer; both directions.</summary>
    Facts = 9,

    /// <summary>Who takes part; both directions.</summary>
    People = 10,
}
