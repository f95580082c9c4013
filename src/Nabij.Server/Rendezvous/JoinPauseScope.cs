namespace Nabij.Server.Rendezvous;

/// <summary>Whose wrong codes were too many.</summary>
internal enum JoinPauseScope
{
    /// <summary>The technician's own.</summary>
    Technician,

    /// <summary>Those from the network address that the technician comes from, whoever typed them.</summary>
    Address,

    /// <summary>Those of the whole organization.</summary>
    Organization,
}
