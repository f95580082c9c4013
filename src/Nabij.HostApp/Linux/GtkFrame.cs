using System.Runtime.Versioning;
using Nabij.HostApp.Screens;

namespace Nabij.HostApp.Linux;

/// <summary>
/// The colored frame around one monitor: a window outside the window manager's reach with the shape of a ring
/// and no input shape at all, so every click goes through it. UI thread only.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class GtkFrame
{
    private const int Thickness = 5;
    private readonly nint _window;
    private string _style = string.Empty;

    public GtkFrame(GdkRectangle monitor)
    {
        _window = Gtk.WindowNew(Gtk.WindowPopup);
        GtkPartBuilder.Style(_window, "nabij-ring");
        Gtk.WindowSetTitle(_window, "Nabij");
        Gtk.WindowSetAcceptFocus(_window, false);
        Gtk.WindowSetDefaultSize(_window, monitor.Width, monitor.Height);
        Gtk.WindowMove(_window, monitor.X, monitor.Y);
        Gtk.WindowResize(_window, monitor.Width, monitor.Height);
        GtkWidgets.Realize(_window);
        var ring = Gdk.RegionCreateRectangle(new GdkRectangle(0, 0, monitor.Width, monitor.Height));
        Gdk.RegionSubtract(ring, new GdkRectangle(
            Thickness, Thickness, monitor.Width - (2 * Thickness), monitor.Height - (2 * Thickness)));
        var nothing = Gdk.RegionCreate();
        GtkWidgets.ShapeCombineRegion(_window, ring);
        GtkWidgets.InputShapeCombineRegion(_window, nothing);
        Gdk.RegionDestroy(ring);
        Gdk.RegionDestroy(nothing);
    }

    public void Show(BarColor color)
    {
        var context = GtkWidgets.GetStyleContext(_window);
        if (_style.Length > 0)
            GtkWidgets.RemoveClass(context, _style);
        _style = GtkBar.StyleOf(color);
        GtkWidgets.AddClass(context, _style);
        GtkWidgets.Show(_window);
        Gdk.WindowRaise(GtkWidgets.GetWindow(_window));
    }

    public void Destroy() => GtkWidgets.Destroy(_window);
}
