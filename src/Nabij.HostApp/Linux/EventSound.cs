using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Nabij.HostApp.Screens;

namespace Nabij.HostApp.Linux;

/// <summary>
/// Plays sounds of the desktop's own theme by libcanberra, the library of freedesktop's sound specification. A desktop
/// without it, or without a sound card, gets the plain beep of its display. Opening the sound server may take long, so
/// that happens off the UI thread, one sound after the other.
/// </summary>
/// <param name="post">Does something on the UI thread.</param>
[SupportedOSPlatform("linux")]
internal sealed partial class EventSound(Action<Action> post)
{
    private const string Library = "libcanberra.so.0";

    private readonly Lock _one = new();
    private nint _context;
    private bool _isTried;

    public void Play(Sound sound) => _ = Task.Run(() =>
    {
        if (!TryPlay(sound == Sound.HelpBegins ? "service-login" : "service-logout"))
            post(() => Gdk.DisplayBeep(Gdk.DisplayGetDefault()));
    });

    private bool TryPlay(string id)
    {
        lock (_one)
            return TryPlayNext(id);
    }

    private bool TryPlayNext(string id)
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
