using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Nabij.HostApp.Screens;

namespace Nabij.HostApp.Linux;

/// <summary>
/// Plays sounds of the desktop's own theme by libcanberra, the library of freedesktop's sound specification, which
/// plays on a thread of its own. A desktop without it gets the plain beep of its display. UI thread only.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed partial class EventSound
{
    private const string Library = "libcanberra.so.0";

    private nint _context;
    private bool _isTried;

    public void Play(Sound sound)
    {
        if (!TryPlay(sound == Sound.HelpBegins ? "service-login" : "service-logout"))
            Gdk.DisplayBeep(Gdk.DisplayGetDefault());
    }

    private bool TryPlay(string id)
    {
        if (!_isTried && NativeLibrary.TryLoad(Library, out _))
            _ = Create(out _context);
        _isTried = true;
        if (_context == 0 || NewProperties(out var properties) != 0)
            return false;
        _ = SetProperty(properties, "event.id", id);
        var isPlaying = PlayFull(_context, 1, properties, 0, 0) == 0;
        _ = DropProperties(properties);
        return isPlaying;
    }

    [LibraryImport(Library, EntryPoint = "ca_context_create")]
    private static partial int Create(out nint context);

    [LibraryImport(Library, EntryPoint = "ca_proplist_create")]
    private static partial int NewProperties(out nint properties);

    [LibraryImport(Library, EntryPoint = "ca_proplist_sets", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetProperty(nint properties, string key, string value);

    [LibraryImport(Library, EntryPoint = "ca_context_play_full")]
    private static partial int PlayFull(nint context, uint id, nint properties, nint callback, nint data);

    [LibraryImport(Library, EntryPoint = "ca_proplist_destroy")]
    private static partial int DropProperties(nint properties);
}
