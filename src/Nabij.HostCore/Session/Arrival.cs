namespace Nabij.HostCore.Session;

/// <summary>What a transport brought.</summary>
public enum ArrivalKind
{
    /// <summary>One binary message.</summary>
    Binary,
    /// <summary>One text message.</summary>
    Text,
    /// <summary>The message is larger than the buffer.</summary>
    TooLarge,
    /// <summary>The other side or the server ended the connection, with a close code.</summary>
    Closed,
    /// <summary>The connection is gone.</summary>
    Lost,
}

/// <summary>One answer of <see cref="ITransport.ReceiveAsync"/>: how many bytes came, or with which code it closed.</summary>
public readonly record struct Arrival(ArrivalKind Kind, int Length = 0, int CloseCode = 0);
