using Nabij.HostCore.Files;
using Nabij.Protocol;
using Nabij.Protocol.Control;

namespace Nabij.HostCore.Session;

/// <summary>What holds a session; several at once are possible, and each is lifted by itself.</summary>
[Flags]
public enum Pauses
{
    None = 0,
    /// <summary>The customer pressed Stop.</summary>
    Stop = 1,
    /// <summary>The customer takes a private moment.</summary>
    Private = 2,
    /// <summary>The window in front looks private.</summary>
    Guard = 4,
    /// <summary>Nobody used mouse or keyboard for a while.</summary>
    Idle = 8,
    /// <summary>The customer did not say in time that the help goes on.</summary>
    Unanswered = 16,
    /// <summary>The computer was locked, or its screen saver began: the customer is not there.</summary>
    Locked = 32,
    /// <summary>After Stop: what is being copied goes on to its end, unseen, and nothing else.</summary>
    Finishing = 64,
    /// <summary>The customer reads what was copied, to say whether it goes to the technician.</summary>
    Copied = 128,
    /// <summary>The customer reads the facts about the computer, to say whether they go to the technician.</summary>
    Facts = 256,
}

/// <summary>What each pause leaves in force and what is told of it (docs/protocol/04, "Interactions" 3).</summary>
internal static class PauseRules
{
    private const Pauses KeepNothing = Pauses.Stop | Pauses.Unanswered;

    /// <summary>Whether an open request for facts is gone with these (docs/protocol/12, "Interactions" 4).</summary>
    public static bool EndsFacts(Pauses pauses) => (pauses & (KeepNothing | Pauses.Finishing)) != 0;


    /// <summary>What stays in force, of what is granted.</summary>
    public static Permissions Kept(Pauses pauses) =>
        pauses == Pauses.None ? Permissions.All
        : (pauses & Pauses.Finishing) != 0 ? FileWays.Both
        : (pauses & KeepNothing) != 0 ? Permissions.None : Stopped.MostKept;

    /// <summary>What the viewer is told; null for nothing. Who guards and who asked for privacy look the same.</summary>
    public static StopReason? Told(Pauses pauses) =>
        (pauses & (Pauses.Stop | Pauses.Finishing)) != 0 ? StopReason.Stop
        : (pauses & Pauses.Unanswered) != 0 ? StopReason.Unanswered
        : (pauses & Pauses.Locked) != 0 ? StopReason.Locked
        : (pauses & Pauses.Idle) != 0 ? StopReason.Idle
        : pauses != Pauses.None ? StopReason.PrivateMoment
        : null;
}
