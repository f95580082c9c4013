using System.Runtime.Versioning;
using System.Text;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>
/// Which window is in front, by what the window manager says on the root window (Extended Window Manager Hints), with its
/// title and programs. Picture thread only. Where the window manager says nothing, nothing is known.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11ActiveWindow
{
    // XPropertyEvent (Xlib.h, 64-bit).
    private const int WindowOffset = 32, AtomOffset = 40;
    // XWindowAttributes (Xlib.h, 64-bit).
    private const int AttributesBytes = 136, MapStateOffset = 92, IsViewable = 2;
    private const nuint AnyType = 0, WindowNameAtom = 39, WindowClassAtom = 67;
    private const int ByteFormat = 8, WordFormat = 32;
    /// <summary>Four bytes each: more of a title than anybody reads.</summary>
    private const int MostLength = 1024;

    private readonly X11Connection x;
    private readonly nuint activeAtom, nameAtom, processAtom;
    private nuint watched;

    public X11ActiveWindow(X11Connection x)
    {
        this.x = x;
        activeAtom = LibX11.XInternAtom(x.Display, "_NET_ACTIVE_WINDOW", 0);
        nameAtom = LibX11.XInternAtom(x.Display, "_NET_WM_NAME", 0);
        processAtom = LibX11.XInternAtom(x.Display, "_NET_WM_PID", 0);
    }

    /// <summary>As read last.</summary>
    public ActiveWindow? Current { get; private set; }

    /// <summary>Whether this PropertyNotify may mean another window in front, or another title.</summary>
    public bool IsConcerned(byte* received)
    {
        var (window, atom) = (*(nuint*)(received + WindowOffset), *(nuint*)(received + AtomOffset));
        return window == x.Root ? atom == activeAtom : window == watched && (atom == nameAtom || atom == WindowNameAtom);
    }

    /// <summary>Whether this is the end of the window that was read last, or its leaving the screen.</summary>
    public bool IsGone(byte* received) => *(nuint*)(received + WindowOffset) == watched;

    /// <summary>Reads it anew; true when something is different.</summary>
    public bool Read()
    {
        var before = Current;
        var window = ReadWord(x.Root, activeAtom);
        // There is none for a moment between two windows, and in an overview of all: what is still in sight counts on.
        if (window == 0 && IsInSight(watched)) window = watched;
        Watch(window);
        Current = window == 0 ? null : Describe(window);
        return !Same(before, Current);
    }

    // Titles change without another window in front: a browser shows another page.
    private void Watch(nuint window)
    {
        if (window == watched) return;
        if (watched != 0 && watched != x.Root) _ = LibX11.XSelectInput(x.Display, watched, 0);
        watched = window;
        if (window != 0 && window != x.Root) _ = LibX11.XSelectInput(x.Display, window, LibX11.PropertyChangeMask | LibX11.StructureNotifyMask);
    }

    private bool IsInSight(nuint window)
    {
        if (window == 0 || window == x.Root) return false;
        var attributes = stackalloc byte[AttributesBytes];
        return LibX11.XGetWindowAttributes(x.Display, window, attributes) != 0 && *(int*)(attributes + MapStateOffset) == IsViewable;
    }

    private ActiveWindow Describe(nuint window)
    {
        var title = ReadText(window, nameAtom);
        if (title.Length == 0) title = ReadText(window, WindowNameAtom);
        var process = (int)ReadWord(window, processAtom);
        // The class is two texts, each with a zero behind it: instance and class.
        List<string> programs = [.. ReadText(window, WindowClassAtom).Split('\0', StringSplitOptions.RemoveEmptyEntries)];
        if (process > 0 && NameOf(process) is { Length: > 0 } name) programs.Add(name);
        return new ActiveWindow(window, title, programs, process == Environment.ProcessId);
    }

    private static string NameOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/comm").Trim();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static bool Same(ActiveWindow? one, ActiveWindow? other) =>
        one is null || other is null
            ? one is null && other is null
            : one.Id == other.Id && one.Title == other.Title && one.IsOwn == other.IsOwn && one.Programs.SequenceEqual(other.Programs);

    private nuint ReadWord(nuint window, nuint property)
    {
        var values = Ask(window, property, 1, WordFormat, out var count);
        var word = count > 0 ? *values : 0;
        if (values != null) _ = LibX11.XFree((nint)values);
        return word;
    }

    private string ReadText(nuint window, nuint property)
    {
        var values = Ask(window, property, MostLength, ByteFormat, out var count);
        var text = count == 0 ? "" : Encoding.UTF8.GetString((byte*)values, (int)count);
        if (values != null) _ = LibX11.XFree((nint)values);
        return text;
    }

    // The count is 0 unless the property is there in this format.
    private nuint* Ask(nuint window, nuint property, int length, int format, out nuint count)
    {
        var isRead = LibX11.XGetWindowProperty(
            x.Display, window, property, 0, length, 0, AnyType, out _, out var found, out count, out _, out var values) == 0;
        if (!isRead || found != format || values == null) count = 0;
        return isRead ? values : null;
    }
}
