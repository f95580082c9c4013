namespace Nabij.Protocol.Session;

/// <summary>
/// What a resume yields. The first record of each side under these keys is RESUMED; when one of the peer opens, call
/// <see cref="ResumeSecrets.Confirm"/> with <see cref="Generation"/>, and only then give up the old connection.
/// </summary>
public sealed class ResumedSession : IDisposable
{
    /// <summary>The keys of the new connection.</summary>
    public required SessionKeys Keys { get; init; }

    /// <summary>The generation that a record of the peer will confirm.</summary>
    public required uint Generation { get; init; }

    /// <summary>What the peer has received, for replay.</summary>
    public required IReadOnlyList<LastMessageId> PeerIds { get; init; }

    /// <summary>Erases the keys.</summary>
    public void Dispose() => Keys.Dispose();
}
