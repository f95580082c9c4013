using System.Runtime.Versioning;
using Nabij.HostApp.Screens;

namespace Nabij.HostApp.Linux;

/// <summary>
/// The bar: an undecorated window of type dock at the top of a monitor, above everything, that never
/// takes the focus. It tells the <see cref="StopWatcher"/> where its Stop stands, so that Stop works while this
/// thread is stuck. UI thread only.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class GtkBar
{
    /// <summary>Characters on one line, where the monitor has the room.</summary>
    private const int LongestLine = 96;

    /// <summary>Characters on one line where there is no room at all; and by how many it shrinks until the bar fits.</summary>
    private const int ShortestLine = 12, LineStep = 4;

    private readonly Action<Happening> _happened;
    private readonly Action<StopPlace?> _stopMoved;
    private readonly List<nint> _windowKeys = [];
    private readonly List<nint> _contentKeys = [];
    private readonly nint _window = Gtk.WindowNew(Gtk.WindowTopLevel);
    private Bar? _bar;
    private nint _content;
    private nint _stop;
    private string _style = string.Empty;

    public GtkBar(Action<Happening> happened, Action<StopPlace?> stopMoved)
    {
        _happened = happened;
        _stopMoved = stopMoved;
        GtkPartBuilder.Style(_window, "nabij-bar");
        Gtk.WindowSetTypeHint(_window, Gdk.TypeHintDock);
        Gtk.WindowSetDecorated(_window, false);
        Gtk.WindowSetAcceptFocus(_window, false);
        Gtk.WindowSetSkipTaskbar(_window, true);
        Gtk.WindowSetKeepAbove(_window, true);
        Gtk.WindowSetResizable(_window, false);
        Gtk.WindowStick(_window);
        GtkSignals.ConnectEvent(_window, "delete-event", () => true, _windowKeys);
        GtkSignals.ConnectEvent(_window, "visibility-notify-event", Rise, _windowKeys);
        GtkSignals.ConnectEvent(_window, "configure-event", TellStopPlace, _windowKeys);
    }

    public static string StyleOf(BarColor color) => "nabij-" + color.ToString().ToLowerInvariant();

    public void Show(Bar bar)
    {
        if (_bar is { } shown && shown.Text == bar.Text && shown.Color == bar.Color && shown.Frames.SequenceEqual(bar.Frames)
            && shown.Presses.SequenceEqual(bar.Presses) && shown.Menu.SequenceEqual(bar.Menu))
            return;
        _bar = bar;
        Gtk.WindowSetTitle(_window, "Nabij");
        Refit();
    }

    /// <summary>Makes the bar fit its monitor and puts it there, since monitors may have changed.</summary>
    public void Refit()
    {
        if (_bar is not { } bar)
            return;
        var monitor = GtkMonitors.ForBar(bar.Frames);
        var text = Rebuild(bar);
        GtkWidgets.ShowAll(_content);
        Narrow(text, MostWidth(monitor));
        GtkWidgets.ShowAll(_window);
        Place(monitor);
        Rise();
    }

    public void Raise() => Rise();

    public void Destroy()
    {
        _stopMoved(null);
        GtkSignals.Forget(_contentKeys);
        GtkSignals.Forget(_windowKeys);
        GtkWidgets.Destroy(_window);
    }

    private nint Rebuild(Bar bar)
    {
        GtkSignals.Forget(_contentKeys);
        if (_content != 0)
            Gtk.ContainerRemove(_window, _content);
        var context = GtkWidgets.GetStyleContext(_window);
        if (_style.Length > 0)
            GtkWidgets.RemoveClass(context, _style);
        _style = StyleOf(bar.Color);
        GtkWidgets.AddClass(context, _style);
        _content = Gtk.BoxNew(Gtk.Horizontal, 12);
        GtkPartBuilder.Style(_content, "nabij-bar-row");
        Gtk.ContainerAdd(_window, _content);
        var text = GtkPartBuilder.Label(bar.Text, null, "nabij-bar-text", LongestLine);
        Gtk.BoxPackStart(_content, text, true, true, 0);
        var builder = new GtkPartBuilder((part, _) => _happened(new Happening(Bar.Window, Bar.Window, part)), _ => { }, _contentKeys);
        _stop = 0;
        foreach (var press in bar.Presses)
        {
            var button = builder.BuildPress(press);
            GtkWidgets.SetVerticalAlign(button, Gtk.AlignCenter);
            Gtk.BoxPackStart(_content, button, false, false, 0);
            if (press.Id != Bar.StopId)
                continue;
            _stop = button;
            GtkSignals.ConnectEvent(button, "size-allocate", TellStopPlace, _contentKeys);
        }

        if (bar.Menu.Count > 0)
            AddMenu(bar, builder);
        return text;
    }

    // The presses keep their width and the text wraps, also in large type and in the longest language.
    private void Narrow(nint text, int mostWidth)
    {
        for (var line = LongestLine; line > ShortestLine; line -= LineStep)
        {
            GtkWidgets.GetPreferredWidth(_content, out _, out var natural);
            if (natural <= mostWidth)
                return;
            GtkWidgets.LabelSetMaxWidthChars(text, line);
        }
    }

    private static int MostWidth(GdkRectangle monitor) => monitor.Width * 9 / 10;

    private void AddMenu(Bar bar, GtkPartBuilder builder)
    {
        var menu = GtkWidgets.MenuNew();
        foreach (var press in bar.Menu)
        {
            var item = GtkWidgets.MenuItemNew(press.Text);
            GtkWidgets.SetSensitive(item, press.Enabled);
            GtkSignals.Connect(item, "activate", () => _happened(new Happening(Bar.Window, Bar.Window, press.Id)), _contentKeys);
            GtkWidgets.MenuAppend(menu, item);
        }

        GtkWidgets.ShowAll(menu);
        var button = builder.BuildPress(new Press("menu", bar.MenuName));
        GtkWidgets.SetVerticalAlign(button, Gtk.AlignCenter);
        GtkWidgets.MenuAttachToWidget(menu, button, 0);
        GtkSignals.Connect(
            button, "clicked", () => GtkWidgets.MenuPopupAtWidget(menu, button, Gdk.GravitySouthEast, Gdk.GravityNorthEast, 0), _contentKeys);
        Gtk.BoxPackStart(_content, button, false, false, 0);
    }

    private void Place(GdkRectangle monitor)
    {
        GtkWidgets.GetPreferredWidth(_window, out _, out var width);
        Gtk.WindowMove(_window, monitor.X + Math.Max(0, (monitor.Width - width) / 2), monitor.Y);
        TellStopPlace();
    }

    private bool Rise()
    {
        if (GtkWidgets.GetWindow(_window) is var native and not 0)
            Gdk.WindowRaise(native);
        return false;
    }

    private bool TellStopPlace()
    {
        var native = GtkWidgets.GetWindow(_window);
        if (_stop == 0 || native == 0 || !GtkWidgets.TranslateCoordinates(_stop, _window, 0, 0, out var x, out var y))
        {
            _stopMoved(null);
            return false;
        }

        var scale = GtkWidgets.GetScaleFactor(_window);
        _stopMoved(new StopPlace(
            Gdk.X11WindowGetXid(native), x * scale, y * scale,
            GtkWidgets.GetAllocatedWidth(_stop) * scale, GtkWidgets.GetAllocatedHeight(_stop) * scale));
        return false;
    }
}
