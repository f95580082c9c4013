using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>Says a text to a screen reader, where the accessibility library of this computer knows announcements (ATK 2.46).</summary>
[SupportedOSPlatform("linux")]
internal static unsafe class GtkAnnouncement
{
    // GObject's fundamental types are their number shifted by two.
    private const nuint TypeString = 16 << 2;
    private const nuint TypeObject = 20 << 2;

    public static void Say(nint widget, string text)
    {
        var signal = GLib.SignalLookup("announcement", GLib.AtkObjectType());
        if (signal == 0)
            return;
        var values = stackalloc GValue[2];
        values[0] = default;
        values[1] = default;
        GLib.ValueInit(&values[0], TypeObject);
        GLib.ValueSetObject(&values[0], GtkWidgets.GetAccessible(widget));
        GLib.ValueInit(&values[1], TypeString);
        GLib.ValueSetString(&values[1], text);
        GLib.SignalEmit(values, signal, 0, null);
        GLib.ValueUnset(&values[1]);
        GLib.ValueUnset(&values[0]);
    }
}
