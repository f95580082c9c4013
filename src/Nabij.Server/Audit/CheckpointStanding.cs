namespace Nabij.Server.Audit;

/// <summary>Who stands behind the signature of a checkpoint.</summary>
internal enum CheckpointStanding
{
    /// <summary>It is not what its key signed.</summary>
    Changed,

    /// <summary>A key that the organization did not certify: anybody's.</summary>
    Foreign,

    /// <summary>The organization's key is not here, so nobody can tell.</summary>
    Unknown,

    /// <summary>This server's records key, whose certificate is still to come from where the organization's key is kept.</summary>
    OwnKey,

    /// <summary>A key that the organization certified.</summary>
    Certified,
}
