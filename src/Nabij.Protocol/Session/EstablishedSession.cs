namespace Nabij.Protocol.Session;

/// <summary>What a successful run yields. Owns the keys; dispose it when the session has ended for good.</summary>
public sealed class EstablishedSession : IDisposable
{
    /// <summary>The keys of the first connection, and the resume secret.</summary>
    public required SessionKeys Keys { get; init; }

    /// <summary>16 bytes: the session's public name, for logs.</summary>
    public required ReadOnlyMemory<byte> SessionId { get; init; }

    /// <summary>Four digits that both people may compare.</summary>
    public required string CheckNumber { get; init; }

    /// <summary>What the technician asked for, cut to the ceiling. Never more than the certificate allows.</summary>
    public required Permissions RequestedPermissions { get; init; }

    /// <summary>What MSG4 granted: nothing in version 1.</summary>
    public required Permissions GrantedPermissions { get; init; }

    /// <summary>Who helps. On the host's side verified; on the viewer's side its own certificate.</summary>
    public required TechnicianIdentity Technician { get; init; }

    /// <summary>Who is helped, as the host says it.</summary>
    public required HostIdentity Host { get; init; }

    /// <summary>Erases the keys.</summary>
    public void Dispose() => Keys.Dispose();
}
