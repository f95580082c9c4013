using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.People;

/// <summary>What a colleague is invited for.</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no purpose.")]
public enum InvitePurpose : byte
{
    /// <summary>A second technician.</summary>
    ComeAlong = 1,

    /// <summary>The one who invites is about to leave.</summary>
    TakeOver = 2,
}
