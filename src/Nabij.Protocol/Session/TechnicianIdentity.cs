using Nabij.Protocol.Organizations;

namespace Nabij.Protocol.Session;

/// <summary>The technician of a session. Names are peer text: shown as text only.</summary>
public sealed record TechnicianIdentity
{
    /// <summary>16 bytes.</summary>
    public ReadOnlyMemory<byte> TechnicianId => Certificate.TechnicianId;

    /// <summary>The name that the organization certified.</summary>
    public string DisplayName => Certificate.DisplayName;

    /// <summary>The certificate.</summary>
    public required TechnicianCertificate Certificate { get; init; }

    /// <summary>Name and version of the viewer.</summary>
    public required string Client { get; init; }

    /// <summary>What MSG1 requested, before the ceiling cut it.</summary>
    public required Permissions Requested { get; init; }
}
