using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Organizations;

/// <summary>The customer's answer to the question about a backup; a byte of the consent record.</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no answer.")]
public enum BackupAnswer : byte
{
    /// <summary>There is one.</summary>
    Yes = 1,

    /// <summary>There is none.</summary>
    No = 2,

    /// <summary>Please help with one.</summary>
    Help = 3,
}
