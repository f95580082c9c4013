using Nabij.Protocol.Organizations;

namespace Nabij.Protocol.Session;

/// <summary>Lists of versions and suites; in an offer the first entry of each is the one of this run.</summary>
public sealed record VersionOffer(IReadOnlyList<byte> Versions, IReadOnlyList<ushort> Suites)
{
    /// <summary>What this code can do: version 1 with suite 0x0001.</summary>
    public static VersionOffer Own { get; } = new([1], [0x0001]);

    /// <summary>Whether this code speaks a version that the organization still accepts; otherwise the program is too old.</summary>
    public static bool CanServe(OrganizationDocument organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return Own.Versions.Any(version => version >= organization.MinimumVersion);
    }

    /// <summary>Equal when both lists are.</summary>
    public bool Equals(VersionOffer? other) =>
        other is not null && Versions.SequenceEqual(other.Versions) && Suites.SequenceEqual(other.Suites);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Versions[0], Suites[0], Versions.Count, Suites.Count);
}
