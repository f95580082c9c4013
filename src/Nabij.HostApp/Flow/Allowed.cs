using Nabij.HostCore.Guard;
using Nabij.Protocol;

namespace Nabij.HostApp.Flow;

/// <summary>What the customer has allowed, in the words people use, and what holds it back: Stop, a private moment, or the guard.</summary>
/// <param name="Granted">Everything that is allowed, held back or not.</param>
/// <param name="Stopped">Held until the customer goes on in the window of Stop.</param>
/// <param name="Private">A private moment lasts.</param>
internal sealed record Allowed(Permissions Granted = Permissions.None, bool Stopped = false, bool Private = false)
{
    public bool Look => Granted.HasFlag(Permissions.View);

    public bool Point => Granted.HasFlag(Permissions.Draw);

    public bool Control => Granted.HasFlag(PermissionStep.Control);

    /// <summary>What the guard takes the window in front for; null when it does not hold.</summary>
    public SensitiveKind? Guarded { get; init; }

    /// <summary>The customer reads what was copied, or the facts about the computer, before it goes: nobody sees the screen meanwhile.</summary>
    public bool ReadsCopied { get; init; }

    /// <summary>What the bar says for a while, in words, when nothing weightier is to be said; null for nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>Messages that wait to be read.</summary>
    public int Unread { get; init; }

    /// <summary>How many files of how many are being copied; null when none is.</summary>
    public (int Done, int Of)? Copying { get; init; }

    /// <summary>A received file can go in the place of one of the customer's.</summary>
    public bool MayReplace { get; init; }

    /// <summary>Files are kept that can be put back.</summary>
    public bool HasKept { get; init; }

    /// <summary>The window of files has something to show.</summary>
    public bool HasFiles { get; init; }
}
