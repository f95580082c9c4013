using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>What the desktop's settings say about looks, and settings of our own that keep GTK from leaving files behind.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class GtkSettings
{
    private const nuint TypeBoolean = 5 << 2;
    private const nuint TypeString = 16 << 2;

    /// <summary>Keeps GTK's own settings in memory, so that nothing is written to the person's folders. Before GTK is opened.</summary>
    public static void KeepInMemory() => _ = SetEnvironment("GSETTINGS_BACKEND", "memory", 1);

    /// <summary>
    /// Keeps the dialogs for files in this program: a portal's stand in another one, where the technician's mouse and
    /// keys would reach them. Before GTK is opened.
    /// </summary>
    public static void KeepDialogs() => _ = SetEnvironment("GTK_USE_PORTAL", "0", 1);

    /// <summary>Keeps files that are saved off the list of recent files.</summary>
    public static void ForgetFiles()
    {
        var value = default(GValue);
        GLib.ValueInit(&value, TypeBoolean);
        SetProperty(GetDefault(), "gtk-recent-files-enabled", &value);
        GLib.ValueUnset(&value);
    }

    /// <summary>Of a text of several lines that is pasted, the entry takes the first only.</summary>
    public static void TakeFirstLineOnly(nint entry)
    {
        var value = default(GValue);
        GLib.ValueInit(&value, TypeBoolean);
        value.First = 1;
        SetProperty(entry, "truncate-multiline", &value);
        GLib.ValueUnset(&value);
    }

    public static string ThemeName()
    {
        var value = default(GValue);
        GLib.ValueInit(&value, TypeString);
        GetProperty(GetDefault(), "gtk-theme-name", &value);
        var name = Marshal.PtrToStringUTF8(GetString(&value)) ?? string.Empty;
        GLib.ValueUnset(&value);
        return name;
    }

    [LibraryImport(GtkLibraries.Gtk, EntryPoint = "gtk_settings_get_default")]
    private static partial nint GetDefault();

    [LibraryImport(GtkLibraries.GObject, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void GetProperty(nint instance, string name, GValue* value);

    [LibraryImport(GtkLibraries.GObject, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetProperty(nint instance, string name, GValue* value);

    [LibraryImport(GtkLibraries.GObject, EntryPoint = "g_value_get_string")]
    private static partial nint GetString(GValue* value);

    // The runtime's own variables are a copy that C never sees.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
