using System.Globalization;
using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>
/// A large number in the corner of one display, so that the person knows which one is meant: a window outside the window
/// manager's reach that takes no clicks. UI thread only.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class GtkNumber
{
    private readonly nint _window = Gtk.WindowNew(Gtk.WindowPopup);

    /// <param name="number">What it says.</param>
    /// <param name="display">The display.</param>
    /// <param name="windows">Our own windows: the number stands in a corner that none of them covers, where there is one.</param>
    public GtkNumber(int number, GdkRectangle display, IReadOnlyList<GdkRectangle> windows)
    {
        GtkPartBuilder.Style(_window, "nabij-number-window");
        Gtk.WindowSetTitle(_window, "Nabij");
        Gtk.WindowSetAcceptFocus(_window, false);
        var label = GtkWidgets.LabelNew(number.ToString(CultureInfo.InvariantCulture));
        GtkPartBuilder.Style(label, "nabij-number-label");
        Gtk.ContainerAdd(_window, label);
        GtkWidgets.ShowAll(label);
        GtkWidgets.GetPreferredWidth(_window, out _, out var width);
        GtkWidgets.GetPreferredHeightForWidth(_window, width, out _, out var height);
        var (x, y) = FreeCorner(display, width, height, windows);
        Gtk.WindowMove(_window, x, y);
        GtkWidgets.Realize(_window);
        var nothing = Gdk.RegionCreate();
        GtkWidgets.InputShapeCombineRegion(_window, nothing);
        Gdk.RegionDestroy(nothing);
        GtkWidgets.Show(_window);
    }

    public void Destroy() => GtkWidgets.Destroy(_window);

    private (int X, int Y) FreeCorner(GdkRectangle display, int width, int height, IReadOnlyList<GdkRectangle> windows)
    {
        var margin = GtkFont.LineHeight(_window);
        var (left, right) = (display.X + margin, Math.Max(display.X, display.X + display.Width - width - margin));
        var (top, bottom) = (display.Y + margin, Math.Max(display.Y, display.Y + display.Height - height - margin));
        // The last one is for a window that fills the display: at the top it hides no answer.
        foreach (var (x, y) in (ReadOnlySpan<(int, int)>)[(left, bottom), (right, bottom), (right, top)])
        {
            if (!windows.Any(window => x < window.X + window.Width && x + width > window.X && y < window.Y + window.Height && y + height > window.Y))
                return (x, y);
        }

        return (left, top);
    }
}
