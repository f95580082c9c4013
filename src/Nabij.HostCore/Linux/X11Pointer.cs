using System.Diagnostics;
using System.Runtime.Versioning;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>
/// Where the pointer is on the whole desktop. It is asked for (a round trip) only after something said that it may have
/// moved, or after a while: a program that moves it without anybody's hand is noticed by the next picture. Picture thread only.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class X11Pointer(X11Connection x)
{
    /// <summary>Tuning: unless something says that the pointer moved, its place is asked for at most this often.</summary>
    private const int LeastMillisecondsBetweenLooks = 100;

    private (int X, int Y)? place;
    private long lookedAt;
    private bool isStale = true;

    /// <summary>Null when the pointer is on another screen of the X server.</summary>
    public (int X, int Y)? Place
    {
        get
        {
            if (isStale) Look();
            return place;
        }
    }

    /// <summary>Takes in what a wait noticed.</summary>
    public void Note(ScreenChanges changes) =>
        isStale |= (changes & ~ScreenChanges.Damage) != 0
            || Stopwatch.GetElapsedTime(lookedAt).TotalMilliseconds >= LeastMillisecondsBetweenLooks;

    private void Look()
    {
        var isHere = LibX11.XQueryPointer(x.Display, x.Root, out _, out _, out var left, out var top, out _, out _, out _) != 0;
        place = isHere ? (left, top) : null;
        lookedAt = Stopwatch.GetTimestamp();
        isStale = false;
    }
}
