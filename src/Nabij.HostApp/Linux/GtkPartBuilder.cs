using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security;
using System.Text;
using Nabij.HostApp.Screens;

namespace Nabij.HostApp.Linux;

/// <summary>
/// Makes the native widgets of one screen's parts and presses. Belongs to one <see cref="GtkScreen"/>; what a
/// person does is told as part id and value. UI thread only.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class GtkPartBuilder(Action<string, string?> happened, Action<Uri> openAddress, List<nint> keys)
{
    private const int DocumentLines = 15;
    // The map is as wide as so many characters, and a third of that high at most.
    private const int MapCharacters = 48, MapGap = 4;
    private static readonly TimeSpan PulseEvery = TimeSpan.FromMilliseconds(120);

    // A programmatic change makes the same signal as a person's: it must not come back as a happening.
    private bool _updating;

    public GtkPart Build(Part part) => part switch
    {
        Words words => BuildWords(words),
        Code code => BuildCode(code),
        Tick tick => BuildTick(tick),
        Choice choice => BuildChoice(choice),
        Document document => BuildDocument(document),
        Entry entry => BuildEntry(entry),
        Meter meter => BuildMeter(meter),
        Link link => BuildLink(link),
        DisplayMap map => BuildMap(map),
        _ => throw new ArgumentOutOfRangeException(nameof(part), part.GetType().Name, "No widget is known for this part."),
    };

    public nint BuildPress(Press press)
    {
        var button = GtkWidgets.ButtonNew();
        var label = Label(press.Text, null, "nabij-press-text", 34);
        GtkWidgets.LabelSetJustify(label, 2);
        GtkWidgets.LabelSetXAlign(label, 0.5f);
        Gtk.ContainerAdd(button, label);
        Style(button, "nabij-press");
        if (press.Weight == PressWeight.Primary)
            Style(button, "nabij-primary");
        if (press.Weight == PressWeight.Danger)
            Style(button, "nabij-danger");
        GtkWidgets.SetSensitive(button, press.Enabled);
        GtkWidgets.SetCanDefault(button, press is { Weight: PressWeight.Primary, Guarded: false });
        GLib.AtkSetName(GtkWidgets.GetAccessible(button), press.Name ?? press.Text);
        GtkSignals.Connect(button, "clicked", () => happened(press.Id, null), keys);
        return button;
    }

    public static void UpdatePress(nint button, Press press)
    {
        GtkWidgets.LabelSetText(Gtk.BinGetChild(button), press.Text);
        GLib.AtkSetName(GtkWidgets.GetAccessible(button), press.Name ?? press.Text);
        GtkWidgets.SetSensitive(button, press.Enabled);
    }

    public static void Style(nint widget, string name) => GtkWidgets.AddClass(GtkWidgets.GetStyleContext(widget), name);

    public static nint Label(string text, string? language, string style, int characters = 44)
    {
        var label = GtkWidgets.LabelNew(string.Empty);
        SetText(label, text, language);
        GtkWidgets.LabelSetLineWrap(label, true);
        GtkWidgets.LabelSetLineWrapMode(label, Gtk.WrapWordChar);
        GtkWidgets.LabelSetMaxWidthChars(label, characters);
        GtkWidgets.LabelSetXAlign(label, 0);
        Style(label, style);
        return label;
    }

    private static void SetText(nint label, string text, string? language)
    {
        if (language is null)
            GtkWidgets.LabelSetText(label, text);
        else
            GtkWidgets.LabelSetMarkup(label, $"<span lang=\"{Escape(language)}\">{Escape(text)}</span>");
    }

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static GtkPart BuildWords(Words words)
    {
        var label = Label(words.Text, words.Language, "nabij-" + words.Role.ToString().ToLowerInvariant());
        Update(words);
        return new(label, 0, Update);

        void Update(Part part)
        {
            SetText(label, ((Words)part).Text, part.Language);
            if (((Words)part).Spoken is { } spoken)
                GLib.AtkSetName(GtkWidgets.GetAccessible(label), spoken);
        }
    }

    private static GtkPart BuildCode(Code code)
    {
        var label = GtkWidgets.LabelNew(code.Digits);
        Style(label, "nabij-code");
        var accessible = GtkWidgets.GetAccessible(label);
        GLib.AtkSetName(accessible, code.Spoken);
        return new(label, 0, part =>
        {
            GtkWidgets.LabelSetText(label, ((Code)part).Digits);
            GLib.AtkSetName(accessible, ((Code)part).Spoken);
        });
    }

    private GtkPart BuildTick(Tick tick)
    {
        var button = GtkWidgets.CheckButtonNew();
        Gtk.ContainerAdd(button, Label(tick.Text, tick.Language, "nabij-answer"));
        GLib.AtkSetName(GtkWidgets.GetAccessible(button), tick.Text);
        GtkWidgets.ToggleButtonSetActive(button, tick.On);
        GtkSignals.Connect(button, "toggled", () => Tell(tick.Id, GtkWidgets.ToggleButtonGetActive(button) ? "on" : "off"), keys);
        var (outer, caption) = WithError(button);
        Update(tick);
        return new(outer, button, Update);

        void Update(Part part)
        {
            var next = (Tick)part;
            Quietly(() => GtkWidgets.ToggleButtonSetActive(button, next.On));
            ShowError(button, caption, next.Error);
        }
    }

    private GtkPart BuildChoice(Choice choice)
    {
        var box = Gtk.BoxNew(Gtk.Vertical, 4);
        var name = Label(choice.Name, choice.Language, "nabij-question");
        Add(box, name);
        var options = Gtk.BoxNew(choice.SideBySide ? Gtk.Horizontal : Gtk.Vertical, choice.SideBySide ? 18 : 4);
        GLib.AtkSetName(GtkWidgets.GetAccessible(options), choice.Name);
        Add(box, options);

        // GTK always has one radio of a group chosen. A radio that is never shown holds the answer "none yet".
        var none = GtkWidgets.RadioButtonNewFromWidget(0);
        GtkWidgets.SetNoShowAll(none, true);
        Add(options, none);
        var radios = choice.Options.ToDictionary(option => option.Id, option => Radio(choice.Id, option, none));
        foreach (var option in choice.Options)
            Add(options, radios[option.Id]);
        var (outer, caption) = WithError(box);
        Update(choice);
        return new(outer, radios[choice.Options[0].Id], Update);

        void Update(Part part)
        {
            var next = (Choice)part;
            Quietly(() => GtkWidgets.ToggleButtonSetActive(next.Chosen is { } chosen ? radios[chosen] : none, true));
            GtkWidgets.LabelSetText(name, next.Name);
            ShowError(options, caption, next.Error);
        }
    }

    private nint Radio(string choice, Option option, nint group)
    {
        var radio = GtkWidgets.RadioButtonNewFromWidget(group);
        Gtk.ContainerAdd(radio, Label(option.Text, option.Language, "nabij-answer"));
        GLib.AtkSetName(GtkWidgets.GetAccessible(radio), option.Text);
        GtkSignals.Connect(radio, "toggled", () =>
        {
            if (GtkWidgets.ToggleButtonGetActive(radio))
                Tell(choice, option.Id);
        }, keys);
        return radio;
    }

    private unsafe GtkPart BuildDocument(Document document)
    {
        var view = GtkWidgets.TextViewNew();
        GtkWidgets.TextViewSetEditable(view, false);
        GtkWidgets.TextViewSetCursorVisible(view, false);
        GtkWidgets.TextViewSetWrapMode(view, Gtk.WrapModeWordChar);
        GtkWidgets.TextViewSetAcceptsTab(view, false);
        var margin = GtkFont.LineHeight(view);
        GtkWidgets.TextViewSetLeftMargin(view, margin);
        GtkWidgets.TextViewSetRightMargin(view, margin);
        GtkWidgets.TextViewSetTopMargin(view, margin / 2);
        GtkWidgets.TextViewSetBottomMargin(view, margin / 2);
        GLib.AtkSetName(GtkWidgets.GetAccessible(view), document.Name);
        Style(view, "nabij-document");
        var scrolled = Gtk.ScrolledWindowNew(0, 0);
        Gtk.ScrolledWindowSetPolicy(scrolled, Gtk.PolicyNever, Gtk.PolicyAutomatic);
        Gtk.ScrolledWindowSetOverlayScrolling(scrolled, false);
        Gtk.ScrolledWindowSetMinContentHeight(scrolled, HeightOf(document, GtkFont.LineHeight(view)));
        Gtk.ContainerAdd(scrolled, view);
        Style(scrolled, "nabij-paper");
        IReadOnlyList<Paragraph>? shown = null;
        Update(document);
        return new(scrolled, view, Update);

        void Update(Part part)
        {
            var next = (Document)part;
            if (shown is not null && shown.SequenceEqual(next.Paragraphs))
                return;
            shown = next.Paragraphs;
            Fill(GtkWidgets.TextViewGetBuffer(view), shown, next.FollowEnd);
            // The view does this when it has laid the text out, however long that takes.
            if (next.FollowEnd)
                GtkWidgets.TextViewScrollToMark(view, GtkWidgets.TextBufferGetInsert(GtkWidgets.TextViewGetBuffer(view)), 0, false, 0, 0);
        }
    }

    // What is written below a text that follows its end stays in sight with large type too.
    private static int HeightOf(Document document, int line) =>
        document.FollowEnd ? Math.Min(DocumentLines * line, GtkMonitors.WorkArea().Height / 4) : DocumentLines * line;

    private static unsafe void Fill(nint buffer, IReadOnlyList<Paragraph> paragraphs, bool atEnd)
    {
        // A GtkTextIter is 80 bytes on 64-bit systems; it lives only on this stack.
        var iterator = stackalloc byte[128];
        GtkWidgets.TextBufferSetText(buffer, string.Empty, 0);
        GtkWidgets.TextBufferGetEnd(buffer, iterator);
        GtkWidgets.TextBufferInsertMarkup(buffer, iterator, Markup(paragraphs), -1);
        if (!atEnd)
            GtkWidgets.TextBufferGetStart(buffer, iterator);
        GtkWidgets.TextBufferPlaceCursor(buffer, iterator);
    }

    private static string Markup(IReadOnlyList<Paragraph> paragraphs)
    {
        var markup = new StringBuilder();
        ParagraphRole? before = null;
        foreach (var paragraph in paragraphs)
        {
            if (markup.Length > 0)
                markup.Append(paragraph.Role == ParagraphRole.Item || before == ParagraphRole.Speaker ? "\n" : "\n\n");
            before = paragraph.Role;
            markup.Append(paragraph.Role switch
            {
                ParagraphRole.Heading => $"<span weight=\"bold\" size=\"large\">{Escape(paragraph.Text)}</span>",
                ParagraphRole.Speaker => $"<span weight=\"bold\" size=\"small\">{Escape(paragraph.Text)}</span>",
                ParagraphRole.Item => "\u2022\u00a0 " + Escape(paragraph.Text),
                _ => Escape(paragraph.Text),
            });
        }

        return markup.ToString();
    }

    private GtkPart BuildEntry(Entry entry)
    {
        var box = Gtk.BoxNew(Gtk.Vertical, 4);
        var name = Label(entry.Name, entry.Language, "nabij-question");
        var field = GtkWidgets.EntryNew();
        GtkWidgets.EntrySetMaxLength(field, entry.Limit);
        GtkWidgets.EntrySetActivatesDefault(field, true);
        GtkSettings.TakeFirstLineOnly(field);
        GtkWidgets.EntrySetText(field, entry.Value);
        GtkWidgets.LabelSetMnemonicWidget(name, field);
        GLib.AtkSetName(GtkWidgets.GetAccessible(field), entry.Name);
        Style(field, "nabij-entry");
        GtkSignals.Connect(field, "changed", () => Tell(entry.Id, EntryText(field)), keys);
        Add(box, name);
        Add(box, field);
        var (outer, caption) = WithError(box);
        Update(entry);
        return new(outer, field, Update);

        void Update(Part part)
        {
            var next = (Entry)part;
            if (EntryText(field) != next.Value)
                Quietly(() => GtkWidgets.EntrySetText(field, next.Value));
            ShowError(field, caption, next.Error);
        }
    }

    private static string EntryText(nint field) => Marshal.PtrToStringUTF8(GtkWidgets.EntryGetText(field)) ?? string.Empty;

    private GtkPart BuildMeter(Meter meter)
    {
        var box = Gtk.BoxNew(Gtk.Vertical, 4);
        var text = Label(meter.Text, meter.Language, "nabij-small");
        var bar = GtkWidgets.ProgressBarNew();
        GLib.AtkSetName(GtkWidgets.GetAccessible(bar), meter.Text);
        Style(bar, "nabij-meter");
        Add(box, text);
        Add(box, bar);
        var row = Gtk.BoxNew(Gtk.Horizontal, 10);
        GtkWidgets.SetHorizontalAlign(row, Gtk.AlignStart);
        foreach (var press in new[] { meter.Hold, meter.Stop }.OfType<Press>())
            Add(row, BuildPress(press));
        if (meter.Hold is not null || meter.Stop is not null)
            Add(box, row);

        var share = meter.Share;
        GtkSignals.Every(PulseEvery, () =>
        {
            if (share is null)
                GtkWidgets.ProgressBarPulse(bar);
            return true;
        }, keys);
        Update(meter);
        return new(box, 0, Update);

        void Update(Part part)
        {
            var next = (Meter)part;
            share = next.Share;
            SetText(text, next.Text, next.Language);
            GLib.AtkSetName(GtkWidgets.GetAccessible(bar), next.Text);
            if (share is { } known)
                GtkWidgets.ProgressBarSetFraction(bar, Math.Clamp(known, 0, 1));
        }
    }

    private GtkPart BuildLink(Link link)
    {
        var button = GtkWidgets.LinkButtonNew(link.Address.AbsoluteUri, link.Text);
        GtkWidgets.SetHorizontalAlign(button, Gtk.AlignStart);
        Style(button, "nabij-link");
        GtkSignals.ConnectAnswer(button, "activate-link", () =>
        {
            openAddress(link.Address);
            return true;
        }, keys);
        return new(button, button, _ => { });
    }

    // The displays in their places, as labels in boxes: the ticks below say the same in words.
    private static GtkPart BuildMap(DisplayMap map)
    {
        var place = Gtk.FixedNew();
        GtkWidgets.SetHorizontalAlign(place, Gtk.AlignStart);
        GLib.AtkSetName(GtkWidgets.GetAccessible(place), map.Name);
        Style(place, "nabij-map");
        var around = map.Displays.Aggregate(map.Displays[0].Area, (box, display) => box.Around(display.Area));
        var character = GtkFont.CharacterWidth(place);
        var scale = Math.Min((double)character * MapCharacters / around.Width, (double)character * MapCharacters / 3 / around.Height);
        List<nint> boxes = [];
        foreach (var (number, area, _) in map.Displays)
        {
            var box = GtkWidgets.LabelNew(number.ToString(CultureInfo.InvariantCulture));
            Style(box, "nabij-map-display");
            GtkWidgets.SetSizeRequest(box, (int)(area.Width * scale) - MapGap, (int)(area.Height * scale) - MapGap);
            Gtk.FixedPut(place, box, (int)((area.X - around.X) * scale), (int)((area.Y - around.Y) * scale));
            boxes.Add(box);
        }

        Update(map);
        return new(place, 0, Update);

        void Update(Part part)
        {
            foreach (var (box, display) in boxes.Zip(((DisplayMap)part).Displays))
            {
                var context = GtkWidgets.GetStyleContext(box);
                if (display.On)
                    GtkWidgets.AddClass(context, "nabij-map-on");
                else
                    GtkWidgets.RemoveClass(context, "nabij-map-on");
            }
        }
    }

    // An error stands right below its control, and is the control's description, so that it is read with it.
    private static (nint Outer, nint Caption) WithError(nint control)
    {
        var outer = Gtk.BoxNew(Gtk.Vertical, 2);
        Add(outer, control);
        var caption = Label(string.Empty, null, "nabij-error");
        GtkWidgets.SetNoShowAll(caption, true);
        Add(outer, caption);
        return (outer, caption);
    }

    private static void ShowError(nint control, nint caption, string? error)
    {
        GtkWidgets.LabelSetText(caption, error ?? string.Empty);
        GtkWidgets.SetVisible(caption, error is not null);
        GLib.AtkSetDescription(GtkWidgets.GetAccessible(control), error ?? string.Empty);
    }

    private static void Add(nint box, nint child) => Gtk.BoxPackStart(box, child, false, false, 0);

    private void Tell(string part, string? value)
    {
        if (!_updating)
            happened(part, value);
    }

    private void Quietly(Action change)
    {
        _updating = true;
        change();
        _updating = false;
    }
}
