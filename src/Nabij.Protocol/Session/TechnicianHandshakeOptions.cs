using System.Security.Cryptography;

namespace Nabij.Protocol.Session;

/// <summary>Everything that the viewer brings to one run, all of it its own knowledge but sid_c.</summary>
public sealed record TechnicianHandshakeOptions
{
    /// <summary>The secret digits as typed; owned by the caller.</summary>
    public required SupportSecret Secret { get; init; }

    /// <summary>The nameplate as typed.</summary>
    public required string Nameplate { get; init; }

    /// <summary>sid_c from PAIRED, 16 bytes.</summary>
    public required ReadOnlyMemory<byte> SidC { get; init; }

    /// <summary>The origin that the viewer was loaded from.</summary>
    public required string Origin { get; init; }

    /// <summary>The technician's certificate; empty for a relative.</summary>
    public required ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>For a relative, who has no certificate to name it (docs/protocol/13): SHA-256 of the organization's first key.</summary>
    public ReadOnlyMemory<byte> RelativeKeyHash { get; init; }

    /// <summary>Signs with the certified key.</summary>
    public required SignMessage Sign { get; init; }

    /// <summary>What is asked for.</summary>
    public required Permissions Requested { get; init; }

    /// <summary>Name and version of the viewer, 0-64 bytes of UTF-8.</summary>
    public required string Client { get; init; }

    /// <summary>What is offered, this run's entry first.</summary>
    public VersionOffer Offered { get; init; } = VersionOffer.Own;

    /// <summary>Whether this run follows an UNSUPPORTED; there is no third.</summary>
    public bool IsSecondRun { get; init; }

    /// <summary>Source of sid_t, the scalar and the nonce, in this order.</summary>
    public RandomFill Random { get; init; } = RandomNumberGenerator.Fill;
}
