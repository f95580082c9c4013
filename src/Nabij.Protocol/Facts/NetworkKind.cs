namespace Nabij.Protocol.Facts;

/// <summary>How a computer is connected: the number of the fact NETWORK.</summary>
public enum NetworkKind : byte
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>By cable.</summary>
    Cable = 1,

    /// <summary>Wireless.</summary>
    Wireless = 2,

    /// <summary>By a mobile network.</summary>
    Mobile = 3,

    /// <summary>In another way.</summary>
    Other = 4,
}
