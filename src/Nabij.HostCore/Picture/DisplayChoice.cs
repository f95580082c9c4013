using System.Collections.Frozen;

namespace Nabij.HostCore.Picture;

/// <summary>
/// Which displays the customer shares. A monitor that the customer did not choose is never part of it, whatever is
/// plugged in later; only <see cref="All"/> takes in what comes. Immutable.
/// </summary>
public sealed class DisplayChoice
{
    private readonly FrozenSet<string> keys;
    private readonly bool isEverything;

    private DisplayChoice(IEnumerable<string> keys, bool isEverything)
    {
        this.keys = keys.ToFrozenSet(StringComparer.Ordinal);
        this.isEverything = isEverything;
    }

    /// <summary>Every display, also one that is plugged in later. For tests: people choose by name.</summary>
    public static DisplayChoice All { get; } = new([], isEverything: true);

    /// <summary>Nothing is shared: what a session begins with.</summary>
    public static DisplayChoice None { get; } = new([], isEverything: false);

    /// <summary>These displays, by <see cref="DesktopDisplay.Key"/>, wherever they stand and whatever size they have.</summary>
    public static DisplayChoice Of(IEnumerable<string> keys) => new(keys, isEverything: false);

    public bool Includes(DesktopDisplay display) => isEverything || keys.Contains(display.Key);
}
