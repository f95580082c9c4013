namespace Nabij.Server.Web;

/// <summary>
/// The organization's only origin (settled.md 3): what the handshake binds, what the Origin check of the sockets
/// compares with, what links and org.json carry. Known once the server listens, because a test may ask for port 0.
/// </summary>
internal sealed class PublicOrigin
{
    private Origin? _value;

    public PublicOrigin(Origin? given) => _value = given;

    /// <exception cref="InvalidOperationException">The server does not listen yet.</exception>
    internal Origin Value => _value ?? throw new InvalidOperationException("The public origin is not known before the server listens.");

    /// <summary>The scheme and name of this server's sockets for a policy, with a space in front; empty before the server listens.</summary>
    internal string SocketSource => _value is { } origin ? $" {origin.SocketText}" : "";

    internal void SetUnlessGiven(Origin origin) => _value ??= origin;
}
