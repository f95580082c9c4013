using System.Security.Cryptography;
using Nabij.Protocol.Organizations;

namespace Nabij.Protocol.Session;

/// <summary>Everything that the host brings to one run, all of it its own knowledge.</summary>
public sealed record CustomerHandshakeOptions
{
    /// <summary>The secret digits; owned by the caller, burnt by the run where the protocol says so.</summary>
    public required SupportSecret Secret { get; init; }

    /// <summary>The nameplate that the customer was shown.</summary>
    public required string Nameplate { get; init; }

    /// <summary>sid_c of REGISTER, 16 bytes.</summary>
    public required ReadOnlyMemory<byte> SidC { get; init; }

    /// <summary>The organization's origin, from its signed document.</summary>
    public required string Origin { get; init; }

    /// <summary>One or two SubjectPublicKeyInfo, from the signed document.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> OrganizationKeys { get; init; }

    /// <summary>Technician ids that may not connect, from the signed document.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> DeniedTechnicians { get; init; }

    /// <summary>Consent, ceiling and names.</summary>
    public required HostIdentity Host { get; init; }

    /// <summary>The run is a relative's: without a certificate, and for looking only (docs/protocol/13).</summary>
    public bool IsRelative { get; init; }

    /// <summary>What MSG4 grants; nothing in version 1.</summary>
    public Permissions Granted { get; init; }

    /// <summary>Versions and suites that this host supports, falling.</summary>
    public VersionOffer Supported { get; init; } = VersionOffer.Own;

    /// <summary>For the certificate's dates.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Source of the scalar and the nonce.</summary>
    public RandomFill Random { get; init; } = RandomNumberGenerator.Fill;

    /// <summary>
    /// The options that follow from a verified organization document, one that this program can serve
    /// (<see cref="VersionOffer.CanServe"/>).
    /// </summary>
    public static CustomerHandshakeOptions For(
        OrganizationDocument organization, SupportSecret secret, string nameplate, ReadOnlyMemory<byte> sidC,
        HostIdentity host, TimeProvider time)
    {
        if (!VersionOffer.CanServe(organization))
            throw new ArgumentException("The organization accepts only newer programs.", nameof(organization));
        var own = VersionOffer.Own;
        return new CustomerHandshakeOptions
        {
            Secret = secret,
            Nameplate = nameplate,
            SidC = sidC,
            Origin = organization.Origin,
            OrganizationKeys = organization.Keys,
            DeniedTechnicians = organization.DeniedTechnicians,
            Host = host,
            Supported = own with { Versions = [.. own.Versions.Where(version => version >= organization.MinimumVersion)] },
            Time = time,
        };
    }
}
