using System.Runtime.Versioning;
using Nabij.HostApp.Screens;

namespace Nabij.HostApp.Linux;

/// <summary>
/// One open window and the screen in it: a strip that says who speaks, a column of parts that scrolls when it
/// must, and the presses below, always in sight. UI thread only.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class GtkScreen
{
    /// <summary>The column's width in average characters: a line that reads well.</summary>
    private const int ColumnCharacters = 92;

    /// <summary>How much of a monitor's height a window may take.</summary>
    private const double TallestShare = 0.92;

    /// <summary>The longest list of dropped files that is read, in bytes.</summary>
    private const int MostDropped = 1024 * 1024;

    /// <summary>How long a guarded press waits before it answers.</summary>
    private static readonly TimeSpan GuardTime = TimeSpan.FromMilliseconds(800);

    private readonly string _key;
    private readonly Action<Happening> _happened;
    private readonly Action<Uri> _openAddress;
    private readonly List<nint> _windowKeys = [];
    private readonly List<nint> _contentKeys = [];
    private readonly Dictionary<string, GtkPart> _parts = [];
    private readonly Dictionary<string, nint> _presses = [];
    private bool _guardPassed;
    private Screen? _screen;
    private nint _content;

    public GtkScreen(string key, Action<Happening> happened, Action<Uri> openAddress)
    {
        _key = key;
        _happened = happened;
        _openAddress = openAddress;
        Window = Gtk.WindowNew(Gtk.WindowTopLevel);
        Gtk.WindowSetPosition(Window, 1);
        Gtk.WindowSetIconName(Window, "help-browser");
        GtkSignals.ConnectEvent(Window, "delete-event", () =>
        {
            _happened(new Happening(_key, _screen?.Id ?? string.Empty, Happening.Closed));
            return true;
        }, _windowKeys);
        GtkSignals.ConnectDrop(Window, TakeDrop, _windowKeys);
    }

    public nint Window { get; }

    /// <summary>Where it stands, in application pixels; null while it is not known.</summary>
    public GdkRectangle? Place
    {
        get
        {
            if (GtkWidgets.GetWindow(Window) is var native && native == 0)
                return null;
            _ = Gdk.WindowGetOrigin(native, out var x, out var y);
            return new GdkRectangle(x, y, GtkWidgets.GetAllocatedWidth(Window), GtkWidgets.GetAllocatedHeight(Window));
        }
    }

    public void Show(Screen screen)
    {
        if (_screen is { } shown && SameShape(shown, screen))
            Update(screen);
        else
            Rebuild(screen);
    }

    public void Destroy()
    {
        GtkSignals.Forget(_contentKeys);
        GtkSignals.Forget(_windowKeys);
        GtkWidgets.Destroy(Window);
    }

    private static bool SameShape(Screen one, Screen other) =>
        one.Id == other.Id
        && one.Parts.Select(Shape).SequenceEqual(other.Parts.Select(Shape))
        && one.Presses.Select(Shape).SequenceEqual(other.Presses.Select(Shape));

    private static (Type Kind, string Id, string Fixed) Shape(Part part) => (part.GetType(), part.Id, part switch
    {
        Words words => words.Role.ToString(),
        Tick tick => tick.Text,
        Choice choice => string.Join('\n', choice.Options.Select(option => option.Id + '\t' + option.Text)),
        Entry entry => entry.Name,
        Link link => link.Text + link.Address,
        Meter meter => meter.Hold?.Id + '\t' + meter.Stop?.Id,
        DisplayMap map => string.Join('\n', map.Displays.Select(display => (display.Number, display.Area))),
        _ => string.Empty,
    });

    private static (string Id, PressWeight Weight, bool Guarded) Shape(Press press) => (press.Id, press.Weight, press.Guarded);

    private void Update(Screen screen)
    {
        LetDrop(screen);
        _screen = screen;
        Gtk.WindowSetTitle(Window, screen.Title);
        foreach (var part in screen.Parts)
            _parts[part.Id].Update(part);
        foreach (var press in screen.Presses)
            GtkPartBuilder.UpdatePress(_presses[press.Id], WithGuard(press));
        ChooseDefault(screen);
    }

    private void Rebuild(Screen screen)
    {
        var first = _screen is null;
        GtkSignals.Forget(_contentKeys);
        _parts.Clear();
        _presses.Clear();
        if (_content != 0)
            Gtk.ContainerRemove(Window, _content);
        LetDrop(screen);
        _screen = screen;
        _guardPassed = !screen.Presses.Any(press => press.Guarded);
        Gtk.WindowSetTitle(Window, screen.Title);
        var builder = new GtkPartBuilder(Tell, _openAddress, _contentKeys);
        _content = Gtk.BoxNew(Gtk.Vertical, 0);
        Gtk.ContainerAdd(Window, _content);
        BuildStrips(screen, builder);
        var (scroller, column) = BuildColumn(screen, builder);
        BuildPresses(screen, builder);
        GtkWidgets.ShowAll(_content);
        Fit(scroller, column);
        ChooseDefault(screen);
        ChooseFocus(screen);
        StartGuard(screen);
        GtkWidgets.Show(Window);
        if (first)
            Gtk.WindowPresent(Window);
    }

    private void BuildStrips(Screen screen, GtkPartBuilder builder)
    {
        foreach (var part in screen.Parts.Where(IsStrip))
        {
            var built = builder.Build(part);
            _parts.Add(part.Id, built);
            Gtk.BoxPackStart(_content, built.Outer, false, true, 0);
        }
    }

    private static bool IsStrip(Part part) => part is Words { Role: WordsRole.Brand or WordsRole.Alarm };

    private (nint Scroller, nint Column) BuildColumn(Screen screen, GtkPartBuilder builder)
    {
        var column = Gtk.BoxNew(Gtk.Vertical, 12);
        GtkPartBuilder.Style(column, "nabij-column");
        foreach (var part in screen.Parts.Where(part => !IsStrip(part)))
        {
            var built = builder.Build(part);
            _parts.Add(part.Id, built);
            Gtk.BoxPackStart(column, built.Outer, part is Document, true, 0);
        }

        var scroller = Gtk.ScrolledWindowNew(0, 0);
        Gtk.ScrolledWindowSetPolicy(scroller, Gtk.PolicyNever, Gtk.PolicyAutomatic);
        Gtk.ScrolledWindowSetOverlayScrolling(scroller, false);
        Gtk.ContainerAdd(scroller, column);
        Gtk.ContainerSetFocusVerticalAdjustment(column, Gtk.ScrolledWindowGetVerticalAdjustment(scroller));
        Gtk.BoxPackStart(_content, scroller, true, true, 0);
        return (scroller, column);
    }

    private void BuildPresses(Screen screen, GtkPartBuilder builder)
    {
        if (screen.Presses.Count == 0)
            return;
        var strip = Gtk.BoxNew(Gtk.Vertical, 0);
        GtkPartBuilder.Style(strip, "nabij-presses");
        var row = Gtk.BoxNew(Gtk.Horizontal, 10);
        GtkWidgets.SetHorizontalAlign(row, Gtk.AlignEnd);
        Gtk.BoxPackStart(strip, row, false, true, 0);
        foreach (var press in screen.Presses)
        {
            var button = builder.BuildPress(WithGuard(press));
            _presses.Add(press.Id, button);
            Gtk.BoxPackStart(row, button, false, true, 0);
        }

        Gtk.BoxPackStart(_content, strip, false, true, 0);
        GtkWidgets.ShowAll(strip);
        GtkWidgets.GetPreferredWidth(strip, out _, out var natural);
        if (natural <= ColumnWidth())
            return;
        Gtk.OrientableSetOrientation(row, Gtk.Vertical);
        GtkWidgets.SetHorizontalAlign(row, Gtk.AlignFill);
    }

    // A scrolled window forgets how high its content is at a given width: ask the column itself, then set both.
    private void Fit(nint scroller, nint column)
    {
        GtkWidgets.GetPreferredWidth(_content, out var narrowest, out _);
        var width = Math.Max(ColumnWidth(), narrowest);
        var area = GtkMonitors.WorkArea();
        GtkWidgets.SetSizeRequest(_content, width, -1);
        GtkWidgets.GetPreferredHeightForWidth(column, width, out _, out var wanted);
        GtkWidgets.SetSizeRequest(scroller, -1, 1);
        GtkWidgets.GetPreferredHeightForWidth(_content, width, out var rest, out _);
        var tallest = Math.Max(GtkFont.LineHeight(Window) * 6, (int)(area.Height * TallestShare) - rest);
        GtkWidgets.SetSizeRequest(scroller, -1, Math.Min(wanted, tallest));
        Gtk.WindowSetDefaultSize(Window, width, 1);
        Gtk.WindowResize(Window, width, 1);
    }

    private int ColumnWidth() =>
        Math.Min(GtkFont.CharacterWidth(Window) * ColumnCharacters, (int)(GtkMonitors.WorkArea().Width * 0.96));

    private void ChooseDefault(Screen screen)
    {
        var press = screen.Presses.LastOrDefault(press => press.MayBeDefault);
        Gtk.WindowSetDefault(Window, press is null ? 0 : _presses[press.Id]);
    }

    // A long text to read has the focus, else the first answer to give; without one, the press that Enter may press;
    // never a guarded one. A text that follows its end is read while answering.
    private void ChooseFocus(Screen screen)
    {
        var answer = screen.Parts.FirstOrDefault(part => part is Entry or Tick or Choice { SideBySide: false });
        var press = screen.Presses.LastOrDefault(press => press.MayBeDefault)
            ?? screen.Presses.FirstOrDefault(press => press is { Enabled: true, Guarded: false, Weight: PressWeight.Plain });
        var document = screen.Parts.FirstOrDefault(part => part is Document { FollowEnd: false });
        if ((document ?? answer) is { } part)
            GtkWidgets.GrabFocus(_parts[part.Id].Focus);
        else if (press is not null)
            GtkWidgets.GrabFocus(_presses[press.Id]);
        else
            Gtk.WindowSetFocus(Window, 0);
    }

    private Press WithGuard(Press press) => press.Guarded && !_guardPassed ? press with { Enabled = false } : press;

    private void StartGuard(Screen screen)
    {
        if (_guardPassed)
            return;
        GtkSignals.Every(screen.CoolDown ?? GuardTime, () =>
        {
            _guardPassed = true;
            foreach (var press in (_screen ?? screen).Presses)
                GtkPartBuilder.UpdatePress(_presses[press.Id], press);
            return false;
        }, _contentKeys);
    }

    private void LetDrop(Screen screen)
    {
        if (screen.TakesFiles == (_screen?.TakesFiles ?? false))
            return;
        if (screen.TakesFiles)
        {
            Gtk.DropSet(Window, Gtk.DropAll, 0, 0, Gtk.CopyAction);
            Gtk.DropAddAddresses(Window);
        }
        else
        {
            Gtk.DropUnset(Window);
        }
    }

    private void TakeDrop(nint selection)
    {
        var bytes = Gtk.SelectionData(selection, out var length);
        if (_screen is not { TakesFiles: true } || bytes == 0 || length is <= 0 or > MostDropped)
            return;
        Tell(Happening.Dropped, System.Runtime.InteropServices.Marshal.PtrToStringUTF8(bytes, length));
    }

    private void Tell(string part, string? value) => _happened(new Happening(_key, _screen?.Id ?? string.Empty, part, value));
}
