namespace Nabij.Server.Rendezvous;

/// <summary>Why a customer cannot wait.</summary>
internal enum WaitingRefusal
{
    None,

    /// <summary>No nameplate of the organization is free.</summary>
    Full,

    /// <summary>As many programs of one address wait already as the limit allows.</summary>
    TooManyFromAddress,
}
