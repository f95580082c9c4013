using System.Runtime.Versioning;
using System.Text;
using Nabij.HostCore.Input;
using Nabij.HostCore.Linux;
using Nabij.Protocol.Input;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>The customer's layouts on a real X server: what the technician types is what arrives (docs/protocol/06, picture.md A2).</summary>
[SupportedOSPlatform("linux")]
public sealed class X11LayoutTests
{
    private static readonly string Ascii = string.Concat(Enumerable.Range(' ', 95).Select(code => (char)code));
    private const string Latin = "Nabij: ~42% <ok> @home #1 \\ {x} [y] |z| ^ `";
    // What hardly any layout has: other alphabets, a combining mark, a title case letter, emoji outside the first plane.
    private const string Foreign = "ñ Жж ξς ł € 日 n\u0303 ǅ 😀👍🏽";

    /// <summary>Layouts of setxkbmap, with what is particular to each; those without Latin letters borrow keys for them.</summary>
    private static readonly (string Layout, string Own)[] Table =
    [
        ("us", Ascii), ("us(intl)", Ascii + "áëñçßø€¿"), ("us(dvorak)", Ascii), ("gb", Ascii + "£¬€"), ("de", Ascii + "äöüßÄÖÜ§°€µ²"),
        ("fr", Ascii + "éèçàùÉ£§µ²€¤"), ("be", Ascii + "éèçàù£§µ²³€"), ("nl", Ascii + "€¤ëï"), ("es", Ascii + "ñÑçº¡¿·€"),
        ("it", Ascii + "èéòàùì°§€"), ("pt", Ascii + "çÇ«»ºª€£"), ("br", Ascii + "çÇ₢¹²³£¢¬§"), ("se", Ascii + "åäöÅÄÖ§½¤€"),
        ("no", Ascii + "øæåØÆÅ§€"), ("dk", Ascii + "æøåÆØÅ½§€"), ("fi", Ascii + "åäö§½€"), ("pl", Ascii + "ąćęłńóśźżĄĆĘŁ€"),
        ("cz", Ascii + "ěščřžýáíéúů§"), ("hu", Ascii + "öüóőúűéáíŐŰ"), ("ro", Ascii + "ășțîâ€"), ("tr", Ascii + "ığüşöçİĞÜŞÖÇ€"),
        ("ch", Ascii + "öäüèéà§°€"), ("ch(fr)", Ascii + "éàèöäü£€"), ("ca", Ascii + "éÉèçà«»°"), ("is", Ascii + "ðæþöÐÆÞÖ€"),
        ("fr(bepo)", Ascii + "éèêçàùœŒ€…’"), ("jp", Ascii), ("kr", Ascii), ("us,ru", Ascii),
        ("ru", Latin + "йцукенгшщзхъфывапролджэячсмитьбюЁё№"), ("ua", Latin + "їієґЇІЄҐ"), ("bg", Latin + "явертъуиопшщ"),
        ("gr", Latin + "ςερτυθιοπασδφγηξκλΑΒΓ"), ("il", Latin + "שדגכעיחלךף₪"), ("ara", Latin + "ضصثقفغعهخحج"),
    ];

    [Fact]
    public async Task Text_is_text_whatever_the_customers_layout_and_Caps_Lock()
    {
        using var display = await VirtualDisplay.Start();
        using var terminal = await RawTerminal.Start(display);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        var wrong = new StringBuilder();
        foreach (var (layout, own) in Table)
        {
            await display.SetLayout(layout);
            foreach (var text in (string[])[own, Foreign])
            {
                if (await Send(text) is { } fault) wrong.AppendLine($"{layout}: {fault}");
            }
            await display.Ask("xdotool", "key", "Caps_Lock");
            foreach (var text in (string[])[own, Foreign])
            {
                if (await Send(text) is { } fault) wrong.AppendLine($"{layout} with Caps Lock: {fault}");
            }
            await display.Ask("xdotool", "key", "Caps_Lock");
        }
        Assert.True(wrong.Length == 0, wrong.ToString());

        async Task<string?> Send(string text)
        {
            var isWhole = sink.EnterText(text + '\n', TestContext.Current.CancellationToken);
            var arrived = await terminal.Line();
            return isWhole && arrived == text ? null : $"{text}\n  arrived as {arrived}";
        }
    }

    [Fact]
    public async Task Text_is_text_in_the_second_layout_and_after_the_layout_changed()
    {
        using var display = await VirtualDisplay.Start();
        using var terminal = await RawTerminal.Start(display);
        using var listener = new KeyListener(display.Name);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        await display.Ask("xdotool", "search", "--onlyvisible", "--class", "xterm", "windowfocus", "--sync");
        const string Text = "Gut, Жук & ελιά: z/y?";
        foreach (var layout in (string[])["us", "de,ru", "fr,gr", "ru,us"])
        {
            await display.SetLayout(layout);
            for (uint group = 0; group < (layout.Contains(',', StringComparison.Ordinal) ? 2 : 1); group++)
            {
                listener.LockGroup(group);
                Assert.True(sink.EnterText(Text + '\n', TestContext.Current.CancellationToken));
                Assert.Equal($"{layout} {group} {Text}", $"{layout} {group} {await terminal.Line()}");
            }
        }
    }

    [Fact]
    public async Task A_changed_layout_keeps_its_keys_when_borrowed_ones_are_given_back()
    {
        using var display = await VirtualDisplay.Start();
        await display.SetLayout("fr(bepo)");
        var fresh = await display.Ask("xmodmap", "-pke");
        await display.SetLayout("us");
        using (var sink = new X11InputSink(TimeProvider.System, display.Name))
        {
            sink.EnterText("Жук日本", TestContext.Current.CancellationToken);
            await display.SetLayout("fr(bepo)");
            sink.EnterText("Ж", TestContext.Current.CancellationToken);
        }
        Assert.Equal(fresh, await display.Ask("xmodmap", "-pke"));
    }

    [Fact]
    public async Task What_a_killed_program_left_on_the_keyboard_is_taken_back_at_the_next_start()
    {
        using var display = await VirtualDisplay.Start();
        var before = await display.Ask("xmodmap", "-pke");
        using var killed = new X11InputSink(TimeProvider.System, display.Name);
        killed.EnterText("Ж日", TestContext.Current.CancellationToken);
        Assert.NotEqual(before, await display.Ask("xmodmap", "-pke"));
        using var next = new X11InputSink(TimeProvider.System, display.Name);
        Assert.Equal(before, await display.Ask("xmodmap", "-pke"));
    }

    [Fact]
    public async Task A_modifier_that_another_program_left_down_does_not_spoil_text()
    {
        using var display = await VirtualDisplay.Start();
        using var terminal = await RawTerminal.Start(display);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        foreach (var stuck in (string[])["Shift_L", "Control_R", "Alt_L", "ISO_Level3_Shift"])
        {
            await display.Ask("xdotool", "keydown", stuck);
            Assert.True(sink.EnterText("a/B é\n", TestContext.Current.CancellationToken));
            Assert.Equal("a/B é", await terminal.Line());
        }
    }

    [Fact]
    public async Task A_modifier_under_the_customers_finger_does_not_spoil_text()
    {
        using var display = await VirtualDisplay.StartResizable();
        using var customer = new CustomersKeyboard(display);
        using var terminal = await RawTerminal.Start(display);
        using var listener = new InputListener(display.Name);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        await display.Ask("xdotool", "search", "--onlyvisible", "--class", "xterm", "windowfocus", "--sync");
        foreach (var (symbol, keycode) in ((uint, int)[])[(CustomersKeyboard.Shift, ShiftLeft), (CustomersKeyboard.Control, ControlLeft)])
        {
            customer.SetKey(symbol, true);
            await Eventually.True(() => listener.IsKeyDown(keycode), "the customer's key is felt");
            Assert.True(sink.EnterText("a/B é Ж\n", TestContext.Current.CancellationToken));
            Assert.Equal("a/B é Ж", await terminal.Line());
            customer.SetKey(symbol, false);
        }
    }

    private const int ShiftLeft = 50, ControlLeft = 37;

    /// <summary>The customer's layout and option; what the technician presses; what programs see.</summary>
    private static readonly (string Layout, string Option, string Code, string Value, KeyModifiers Modifiers, string Seen)[] Shortcuts =
    [
        ("de", "", "Equal", "+", KeyModifiers.Control | KeyModifiers.Shift, "Control+plus"), // no Shift in German
        ("us", "", "BracketRight", "+", KeyModifiers.Control, "Shift+Control+plus"),
        ("de", "", "Minus", "-", KeyModifiers.Control, "Control+minus"),
        ("fr", "", "Slash", "-", KeyModifiers.Control, "Control+minus"),
        ("de", "", "BracketLeft", "[", KeyModifiers.Control, "Control+Mod5+bracketleft"),
        ("us", "", "Comma", ",", KeyModifiers.Control, "Control+comma"),
        ("fr", "", "Digit1", "1", KeyModifiers.Control, "Control+ampersand"), // the row counts by place
        ("us", "", "Digit1", "&", KeyModifiers.Control, "Control+1"),
        ("us", "", "Digit1", "1", KeyModifiers.Control | KeyModifiers.Shift, "Shift+Control+exclam"),
        ("fr", "", "KeyT", "T", KeyModifiers.Control | KeyModifiers.Shift, "Shift+Control+T"),
        ("us", "", "KeyC", "с", KeyModifiers.Control, "Control+c"), // Cyrillic
        ("fr", "", "KeyA", "ф", KeyModifiers.Control, "Control+a"),
        ("tr", "", "KeyI", "ı", KeyModifiers.Control, "Control+i"),
        ("de", "", "F4", "F4", KeyModifiers.Alt, "Mod1+F4"),
        ("de", "", "Tab", "Tab", KeyModifiers.Alt | KeyModifiers.Shift, "Shift+Mod1+ISO_Left_Tab"),
        ("de", "", "Delete", "Delete", KeyModifiers.Control | KeyModifiers.Alt, "Control+Mod1+Delete"),
        ("us", "", "KeyE", "e", KeyModifiers.Meta, "Mod4+e"),
        ("us", "", "Numpad0", "0", KeyModifiers.Control, "Control+0"), // the customer's Num Lock is off
        ("us", "", "NumpadAdd", "+", KeyModifiers.Control, "Control+KP_Add"),
        ("us", "", "Numpad7", "Home", KeyModifiers.Shift, "Shift+Home"),
        ("us", "ctrl:swapcaps", "KeyC", "c", KeyModifiers.Control, "Control+c"),
        ("us", "caps:swapescape", "Escape", "Escape", KeyModifiers.None, "Escape"),
        ("us", "altwin:swap_lalt_lwin", "F4", "F4", KeyModifiers.Alt, "Mod1+F4"),
    ];

    [Fact]
    public async Task A_shortcut_is_the_same_shortcut_on_the_customers_layout()
    {
        using var display = await VirtualDisplay.Start();
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        using var input = new RemoteInput(sink, TimeProvider.System);
        var wrong = new StringBuilder();
        foreach (var (layout, option, code, value, modifiers, seen) in Shortcuts)
        {
            await display.SetLayout(layout, option);
            using var listener = new KeyListener(display.Name);
            Tap(input, code, value, modifiers);
            if (listener.Next().Symbol is var symbol && symbol != seen) wrong.AppendLine($"{layout} {option} {code} {value} {modifiers}: {symbol} instead of {seen}");
        }
        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    [Fact]
    public async Task Control_with_each_letter_is_Control_with_that_letter_on_every_layout()
    {
        using var display = await VirtualDisplay.Start();
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        using var input = new RemoteInput(sink, TimeProvider.System);
        foreach (var layout in (string[])["us", "us(dvorak)", "de", "fr", "be", "tr", "fr(bepo)", "cz", "ch", "br", "jp", "pl", "fr,ru"])
        {
            await display.SetLayout(layout);
            using var listener = new KeyListener(display.Name);
            var pressed = "";
            for (var letter = 'a'; letter <= 'z'; letter++)
            {
                Tap(input, $"Key{char.ToUpperInvariant(letter)}", letter.ToString(), KeyModifiers.Control);
                pressed += listener.Next().Symbol["Control+".Length..];
            }
            Assert.Equal($"{layout} abcdefghijklmnopqrstuvwxyz", $"{layout} {pressed}");
        }
    }

    [Fact]
    public async Task While_Russian_is_in_force_a_shortcut_presses_the_key_of_the_Latin_layout_beside_it()
    {
        using var display = await VirtualDisplay.Start();
        await display.SetLayout("fr,ru");
        using var listener = new KeyListener(display.Name);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        using var input = new RemoteInput(sink, TimeProvider.System);
        listener.LockGroup(1);
        Tap(input, "KeyA", "a", KeyModifiers.Control);
        Assert.Equal(24, listener.Next().Keycode); // where a French keyboard has A
    }

    [Fact]
    public async Task The_right_Alt_key_is_Alt_also_where_the_customer_has_AltGr()
    {
        using var display = await VirtualDisplay.Start();
        await display.SetLayout("de");
        using var listener = new KeyListener(display.Name);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        using var input = new RemoteInput(sink, TimeProvider.System);
        input.Apply(new Key(true, false, "AltRight", "Alt", KeyModifiers.Alt, KeyLocks.None));
        Tap(input, "F4", "F4", KeyModifiers.Alt);
        Assert.Equal("Mod1+F4", listener.Next().Symbol);
    }

    // Modifiers go down by themselves when only the key that they belong to says so.
    private static void Tap(RemoteInput input, string code, string value, KeyModifiers modifiers)
    {
        input.Apply(new Key(true, false, code, value, modifiers, KeyLocks.None));
        input.Apply(new Key(false, false, code, value, modifiers, KeyLocks.None));
        input.Release();
    }
}
