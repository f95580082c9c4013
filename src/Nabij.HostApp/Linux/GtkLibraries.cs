using System.Runtime.InteropServices;

namespace Nabij.HostApp.Linux;

/// <summary>
/// The native libraries of the windows, each tried before its first use: a computer without GTK gets a
/// sentence and an exit code instead of a missing-library exception.
/// </summary>
internal static class GtkLibraries
{
    public const string Gtk = "libgtk-3.so.0";
    public const string Gdk = "libgdk-3.so.0";
    public const string GLib = "libglib-2.0.so.0";
    public const string Gio = "libgio-2.0.so.0";
    public const string GObject = "libgobject-2.0.so.0";
    public const string Atk = "libatk-1.0.so.0";
    public const string Pango = "libpango-1.0.so.0";
    public const string Cairo = "libcairo.so.2";
    public const string X11 = "libX11.so.6";
    public const string XInput = "libXi.so.6";

    /// <summary>The first library that this computer lacks; null when all are there.</summary>
    public static string? FirstMissing()
    {
        string[] needed = [GLib, GObject, Gio, Pango, Cairo, Atk, Gdk, Gtk, X11, XInput];
        foreach (var name in needed)
        {
            if (!NativeLibrary.TryLoad(name, out _))
                return name;
        }

        return null;
    }
}
