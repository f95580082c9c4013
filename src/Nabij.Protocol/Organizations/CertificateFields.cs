namespace Nabij.Protocol.Organizations;

/// <summary>What a certificate states; times in Unix seconds, display name 1-64 bytes of UTF-8.</summary>
public sealed record CertificateFields
{
    /// <summary>16 bytes.</summary>
    public required ReadOnlyMemory<byte> TechnicianId { get; init; }

    /// <summary>The name that the customer is shown.</summary>
    public required string DisplayName { get; init; }

    /// <summary>A point of P-256, 65 bytes.</summary>
    public required ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>Unix seconds.</summary>
    public required ulong NotBefore { get; init; }

    /// <summary>Unix seconds.</summary>
    public required ulong NotAfter { get; init; }

    /// <summary>The most that may be requested.</summary>
    public required Permissions Rights { get; init; }
}
