namespace Nabij.Protocol.Session;

/// <summary>What the host said about itself, the consent and the ceiling. Names are peer text: shown as text only.</summary>
public sealed record HostIdentity
{
    /// <summary>1-32 bytes of UTF-8.</summary>
    public required string TermsId { get; init; }

    /// <summary>1-32 bytes of UTF-8.</summary>
    public required string TermsVersion { get; init; }

    /// <summary>SHA-256 of the consent record.</summary>
    public required ReadOnlyMemory<byte> ConsentHash { get; init; }

    /// <summary>Unix seconds.</summary>
    public required ulong AcceptanceTime { get; init; }

    /// <summary>The most that the host will ever be asked for.</summary>
    public required Permissions Ceiling { get; init; }

    /// <summary>Name, version and system of the host, 0-64 bytes of UTF-8.</summary>
    public required string Application { get; init; }

    /// <summary>0-128 bytes of UTF-8.</summary>
    public required string MachineName { get; init; }

    /// <summary>0-128 bytes of UTF-8.</summary>
    public required string UserName { get; init; }
}
