namespace Nabij.Protocol.Log;

/// <summary>What is wrong with a customer's log (docs/protocol/10-customer-log.md, "Check").</summary>
public enum LogProblem
{
    /// <summary>The bytes are not a block.</summary>
    Malformed,

    /// <summary>The organization key did not sign the technician's certificate.</summary>
    Certificate,

    /// <summary>The organization key is another one than the checker trusts.</summary>
    UnknownOrganization,

    /// <summary>The server's receipt is not of this organization, or not for this consent.</summary>
    Receipt,

    /// <summary>A signature does not verify: this entry, or one before it, is not as it was written.</summary>
    Signature,

    /// <summary>A countersignature is not the certified technician's over this head.</summary>
    Countersignature,

    /// <summary>Numbers or times are out of order, or something stands behind the end.</summary>
    Order,

    /// <summary>There is no end: the log was cut short, or the program was.</summary>
    CutShort,
}
