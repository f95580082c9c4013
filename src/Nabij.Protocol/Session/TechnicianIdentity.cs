using Nabij.Protocol.Organizations;

namespace Nabij.Protocol.Session;

/// <summary>The technician of a session, or a relative. Names are peer text: shown as text only.</summary>
public sealed record TechnicianIdentity
{
    /// <summary>16 bytes; empty for a relative.</summary>
    public ReadOnlyMemory<byte> TechnicianId => Certificate?.TechnicianId ?? default;

    /// <summary>The name that the organization certified; empty for a relative.</summary>
    public string DisplayName => Certificate?.DisplayName ?? "";

    /// <summary>The certificate; null for a relative.</summary>
    public required TechnicianCertificate? Certificate { get; init; }

    /// <summary>Name and version of the viewer.</summary>
    public required string Client { get; init; }

    /// <summary>What MSG1 requested, before the ceiling cut it.</summary>
    public required Permissions Requested { get; init; }
}
