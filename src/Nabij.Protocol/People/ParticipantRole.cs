using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.People;

/// <summary>What a participant is (docs/protocol/13-participants.md, "Terms").</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no role.")]
public enum ParticipantRole : byte
{
    /// <summary>Certified by the organization.</summary>
    Technician = 1,

    /// <summary>Invited by the customer; without a certificate, watches and may stop.</summary>
    Relative = 2,
}
