using System.Runtime.Versioning;

namespace Nabij.HostCore.Linux;

/// <summary>
/// Knows which windows belong to this program (all of one X client) and whether a press would reach one of them, also
/// by the frame that a window manager put around it.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11OwnWindows(X11Connection x)
{
    // Every client has its own range of resource numbers; 20 bits are the smallest range that X servers give.
    private const int RangeBits = 20;
    // Frames hold their client one or two levels down; a bound against hostile trees.
    private const int DeepestFrame = 3, MostWindows = 64;
    private nuint? range;

    /// <summary>Protects every window of the client that made this one.</summary>
    public void ProtectClientOf(nuint window) => range = window >> RangeBits;

    public bool IsUnderPointer()
    {
        if (range is null) return false;
        _ = LibX11.XQueryPointer(x.Display, x.Root, out _, out var top, out _, out _, out _, out _, out _);
        return top != 0 && Contains(top, DeepestFrame);
    }

    public bool HasFocus()
    {
        if (range is null) return false;
        _ = LibX11.XGetInputFocus(x.Display, out var focus, out _);
        return focus > 1 && focus >> RangeBits == range;
    }

    private bool Contains(nuint window, int depth)
    {
        if (window >> RangeBits == range) return true;
        if (depth == 0 || LibX11.XQueryTree(x.Display, window, out _, out _, out var children, out var count) == 0) return false;
        var found = false;
        for (var i = 0; i < Math.Min(count, MostWindows) && !found; i++) found = Contains(children[i], depth - 1);
        if (children != null) _ = LibX11.XFree((nint)children);
        return found;
    }
}
