namespace Nabij.Protocol.Organizations;

/// <summary>What a certificate is checked against.</summary>
public sealed record CertificateCheck
{
    /// <summary>How far the clocks may differ at both ends of a certificate's life, in seconds.</summary>
    public const int GraceSeconds = 300;

    /// <summary>The time of the check.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Ids of technicians who may no longer connect, 16 bytes each.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> DeniedTechnicians { get; init; }

    /// <summary>What MSG1 requests.</summary>
    public required Permissions Requested { get; init; }
}
