using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>The functions of libglib, libgobject, libatk and libpango that the windows use.</summary>
[SupportedOSPlatform("linux")]
internal static partial class GLib
{
    private const string GObject = GtkLibraries.GObject;

    public const int PriorityDefault = 0;

    /// <summary>Pango's units in one pixel.</summary>
    public const int PangoScale = 1024;

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_idle_add_full")]
    public static unsafe partial uint IdleAdd(int priority, delegate* unmanaged[Cdecl]<nint, int> work, nint key, nint destroy);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_timeout_add_full")]
    public static unsafe partial uint TimeoutAdd(
        int priority, uint milliseconds, delegate* unmanaged[Cdecl]<nint, int> work, nint key, nint destroy);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_source_remove")]
    public static partial int SourceRemove(uint id);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_set_prgname", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetProgramName(string name);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_set_application_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetApplicationName(string name);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_free")]
    public static partial void Free(nint memory);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_slist_free")]
    public static partial void SListFree(nint list);

    [LibraryImport(GObject, EntryPoint = "g_object_unref")]
    public static partial void Unref(nint instance);

    [LibraryImport(GObject, EntryPoint = "g_signal_connect_data", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint SignalConnect(nint instance, string signal, nint handler, nint key, nint destroy, int flags);

    [LibraryImport(GObject, EntryPoint = "g_signal_lookup", StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint SignalLookup(string name, nuint type);

    [LibraryImport(GObject, EntryPoint = "g_signal_emitv")]
    public static unsafe partial void SignalEmit(GValue* instanceAndParameters, uint signal, uint detail, GValue* result);

    [LibraryImport(GObject, EntryPoint = "g_value_init")]
    public static unsafe partial GValue* ValueInit(GValue* value, nuint type);

    [LibraryImport(GObject, EntryPoint = "g_value_set_object")]
    public static unsafe partial void ValueSetObject(GValue* value, nint instance);

    [LibraryImport(GObject, EntryPoint = "g_value_set_string", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial void ValueSetString(GValue* value, string text);

    [LibraryImport(GObject, EntryPoint = "g_value_unset")]
    public static unsafe partial void ValueUnset(GValue* value);

    [LibraryImport(GtkLibraries.Atk, EntryPoint = "atk_object_get_type")]
    public static partial nuint AtkObjectType();

    [LibraryImport(GtkLibraries.Atk, EntryPoint = "atk_object_set_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void AtkSetName(nint accessible, string name);

    [LibraryImport(GtkLibraries.Atk, EntryPoint = "atk_object_set_description", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void AtkSetDescription(nint accessible, string description);

    [LibraryImport(GtkLibraries.Atk, EntryPoint = "atk_object_set_role")]
    public static partial void AtkSetRole(nint accessible, int role);

    [LibraryImport(GtkLibraries.Pango, EntryPoint = "pango_context_get_metrics")]
    public static partial nint PangoGetMetrics(nint context, nint font, nint language);

    [LibraryImport(GtkLibraries.Pango, EntryPoint = "pango_font_metrics_get_approximate_char_width")]
    public static partial int PangoCharacterWidth(nint metrics);

    [LibraryImport(GtkLibraries.Pango, EntryPoint = "pango_font_metrics_unref")]
    public static partial void PangoMetricsUnref(nint metrics);
}

/// <summary>A GValue as GObject lays it out in memory; zero before it is used.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    public nuint Type;
    public ulong First;
    public ulong Second;
}
