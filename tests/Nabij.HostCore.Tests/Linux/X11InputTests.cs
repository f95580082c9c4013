using System.Runtime.Versioning;
using Nabij.HostCore.Input;
using Nabij.HostCore.Linux;
using Nabij.Protocol.Input;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>Input on a real X server into real programs.</summary>
[SupportedOSPlatform("linux")]
public sealed class X11InputTests
{
    private const string Pangram = "The quick brown fox, 0123456789 (jumps) [over] {the} \\ lazy @dog: #1 $5 ~`^&*+=|<>?\"'/;_-!%";
    private const string Accents = "Één café à la crème: ñ ü ß ø å ç € Ł ő ğ Дом ελλ 日本 ✓";

    [Theory]
    [InlineData("us", Pangram)]
    [InlineData("us", Accents)]
    [InlineData("fr", Pangram)]
    [InlineData("de", Accents)]
    [InlineData("us,ru", Accents)]
    public async Task Text_arrives_in_a_terminal_whatever_the_customers_layout(string layout, string text)
    {
        using var display = await VirtualDisplay.Start();
        await display.Ask("setxkbmap", "-layout", layout);
        using var typed = await TypingTarget.Start(display);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        foreach (var character in text.EnumerateRunes()) Assert.True(sink.EnterText(character.ToString(), CancellationToken.None));
        await typed.Receives(text);
    }

    [Fact]
    public async Task The_windows_of_a_program_are_told_by_the_range_of_numbers_that_the_server_gave_it()
    {
        using var display = await VirtualDisplay.Start();
        using var one = new X11Connection(display.Name);
        using var next = new X11Connection(display.Name);

        // Clients are numbered as they come: the numbers of two in a row lie a whole range apart.
        Assert.Equal((nuint)1 << one.RangeBits, NewWindow(next) - NewWindow(one));
        Assert.Equal(one.RangeBits, next.RangeBits);

        static nuint NewWindow(X11Connection x) => LibX11.XCreateSimpleWindow(x.Display, x.Root, 0, 0, 1, 1, 0, 0, 0);
    }

    [Fact]
    public async Task A_long_text_at_once_arrives_whole()
    {
        using var display = await VirtualDisplay.Start();
        using var typed = await TypingTarget.Start(display);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        var text = string.Concat(Enumerable.Range(0, 8).Select(i => $"{i} naïve Straße ąęźć Жук ÷ "));
        Assert.True(sink.EnterText(text, CancellationToken.None));
        await typed.Receives(text);
    }

    [Fact]
    public async Task Text_is_right_while_the_customer_has_Caps_Lock_on()
    {
        using var display = await VirtualDisplay.Start();
        await display.Ask("xdotool", "key", "Caps_Lock");
        using var typed = await TypingTarget.Start(display);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        Assert.True(sink.EnterText("Abc é É xyz", CancellationToken.None));
        await typed.Receives("Abc é É xyz");
    }

    [Fact]
    public async Task Text_is_right_while_the_technician_holds_Shift()
    {
        using var display = await VirtualDisplay.Start();
        using var typed = await TypingTarget.Start(display);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        using var input = new RemoteInput(sink, TimeProvider.System);
        input.Apply(new Key(true, false, "ShiftLeft", "Shift", KeyModifiers.Shift, KeyLocks.None));
        input.Apply(new Key(true, false, "KeyA", "A", KeyModifiers.Shift, KeyLocks.None));
        input.Apply(new Key(true, false, "Digit7", "/", KeyModifiers.Shift, KeyLocks.None));
        input.Apply(new Key(false, false, "ShiftLeft", "Shift", KeyModifiers.None, KeyLocks.None));
        input.Apply(new Key(true, false, "KeyB", "b", KeyModifiers.None, KeyLocks.None));
        await typed.Receives("A/b");
    }

    [Fact]
    public async Task Physical_keys_work_as_themselves()
    {
        using var display = await VirtualDisplay.Start();
        using var typed = await TypingTarget.Start(display);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        using var input = new RemoteInput(sink, TimeProvider.System);
        sink.EnterText("abX", CancellationToken.None);
        Tap(input, "Backspace", "Backspace");
        Tap(input, "ArrowLeft", "ArrowLeft");
        sink.EnterText("-", CancellationToken.None);
        await typed.ReceivesLine("a-b", () => Tap(input, "Enter", "Enter"));
    }

    [Fact]
    public async Task A_shortcut_uses_the_key_that_carries_its_letter_on_the_customers_layout()
    {
        using var display = await VirtualDisplay.Start();
        await display.Ask("setxkbmap", "-layout", "fr");
        using var typed = await TypingTarget.Start(display);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        using var input = new RemoteInput(sink, TimeProvider.System);
        sink.EnterText("wrong", CancellationToken.None);
        // Control+U empties the line; a French A and Q are swapped, W and Z too, so places and letters differ.
        input.Apply(new Key(true, false, "ControlLeft", "Control", KeyModifiers.Control, KeyLocks.None));
        input.Apply(new Key(true, false, "KeyU", "u", KeyModifiers.Control, KeyLocks.None));
        input.Apply(new Key(false, false, "KeyU", "u", KeyModifiers.Control, KeyLocks.None));
        input.Apply(new Key(false, false, "ControlLeft", "Control", KeyModifiers.None, KeyLocks.None));
        sink.EnterText("right", CancellationToken.None);
        await typed.Receives("right");
        Assert.NotEqual(sink.FindKey("KeyA"), sink.FindKey("KeyA", 'a'));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(639, 479)]
    [InlineData(321, 123)]
    public async Task A_click_lands_on_its_pixel(int x, int y)
    {
        using var display = await VirtualDisplay.Start();
        using var listener = new InputListener(display.Name);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        using var input = new RemoteInput(sink, TimeProvider.System);
        input.Apply(new PointerButton((ushort)x, (ushort)y, PointerButtonName.Left, true));
        input.Apply(new PointerButton((ushort)x, (ushort)y, PointerButtonName.Left, false));
        Assert.Equal(new InputListener.Event(InputListener.ButtonPress, 1, x, y), listener.Next(InputListener.ButtonPress));
        Assert.Equal(new InputListener.Event(InputListener.ButtonRelease, 1, x, y), listener.Next(InputListener.ButtonRelease));
    }

    [Fact]
    public async Task A_click_outside_the_screen_lands_on_its_edge()
    {
        using var display = await VirtualDisplay.Start();
        using var listener = new InputListener(display.Name);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        using var input = new RemoteInput(sink, TimeProvider.System);
        input.Apply(new PointerButton(ushort.MaxValue, ushort.MaxValue, PointerButtonName.Left, true));
        Assert.Equal(new InputListener.Event(InputListener.ButtonPress, 1, 639, 479), listener.Next(InputListener.ButtonPress));
    }

    [Fact]
    public async Task All_buttons_and_both_wheels_arrive()
    {
        using var display = await VirtualDisplay.Start();
        using var listener = new InputListener(display.Name);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        using var input = new RemoteInput(sink, TimeProvider.System);
        foreach (var button in Enum.GetValues<PointerButtonName>())
        {
            input.Apply(new PointerButton(5, 5, button, true));
            input.Apply(new PointerButton(5, 5, button, false));
        }
        input.Apply(new Wheel(5, 5, 0, -120));
        input.Apply(new Wheel(5, 5, 120, 0));
        var pressed = Enumerable.Range(0, 7).Select(_ => listener.Next(InputListener.ButtonPress).Detail).ToArray();
        Assert.Equal([1, 2, 3, 8, 9, 4, 7], pressed);
    }

    [Fact]
    [Trait("Invariant", "8")]
    public async Task Shift_held_by_a_technician_who_went_silent_is_released_on_the_real_desktop()
    {
        using var display = await VirtualDisplay.Start();
        using var listener = new InputListener(display.Name);
        var clock = new ManualTimeProvider();
        using var sink = new X11InputSink(clock, display.Name);
        using var input = new RemoteInput(sink, clock);
        input.Apply(new Key(true, false, "ShiftLeft", "Shift", KeyModifiers.Shift, KeyLocks.None));
        await Eventually.True(() => listener.IsKeyDown(50), "Shift is down");
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.True(listener.IsKeyDown(50));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await Eventually.True(() => !listener.IsKeyDown(50), "Shift is up");
    }

    [Fact]
    public async Task Presses_on_the_programs_own_windows_are_dropped()
    {
        using var display = await VirtualDisplay.Start();
        using var listener = new InputListener(display.Name);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        sink.MovePointer(10, 10);
        Assert.True(sink.SetButton(PointerButtonName.Left, true));
        sink.SetButton(PointerButtonName.Left, false);
        sink.ProtectClientOf(listener.Window);
        Assert.False(sink.SetButton(PointerButtonName.Left, true));
        listener.TakeFocus();
        Assert.False(sink.EnterText("yes", CancellationToken.None));
        Assert.False(sink.SetKey(36, true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keys_that_follow_the_pointer_do_not_reach_the_programs_own_window_under_it(bool isRootFocused)
    {
        using var display = await VirtualDisplay.Start();
        using var listener = new InputListener(display.Name);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        sink.MovePointer(10, 10);
        listener.DropFocus(isRootFocused);
        Assert.True(sink.EnterText("a", CancellationToken.None));
        await Eventually.True(listener.HasKeys, "the key has reached the window under the pointer");
        sink.ProtectClientOf(listener.Window);
        Assert.False(sink.EnterText("a", CancellationToken.None));
        Assert.False(sink.SetKey(36, true));
        Assert.False(listener.HasKeys());
    }

    [Fact]
    public async Task Text_that_waited_for_its_keys_does_not_reach_a_window_of_ours_that_came_up_meanwhile()
    {
        using var display = await VirtualDisplay.Start();
        using var other = new KeyListener(display.Name);
        using var own = new InputListener(display.Name);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        sink.ProtectClientOf(own.Window);
        using var watching = new X11Connection(display.Name);
        var keymap = new X11Keymap(watching, TimeProvider.System);
        var typing = Task.Factory.StartNew(
            () => sink.EnterText("Ж日本✓", CancellationToken.None), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        do keymap.Refresh();
        while (!keymap.TryFind('✓', out _));
        own.TakeFocus();
        Assert.False(await typing);
        Assert.False(own.HasKeys());
    }

    [Fact]
    public async Task Borrowed_keys_are_given_back()
    {
        using var display = await VirtualDisplay.Start();
        var before = await display.Ask("xmodmap", "-pke");
        var sink = new X11InputSink(TimeProvider.System, display.Name);
        sink.EnterText("Ж", CancellationToken.None);
        Assert.NotEqual(before, await display.Ask("xmodmap", "-pke"));
        sink.Dispose();
        Assert.Equal(before, await display.Ask("xmodmap", "-pke"));
    }

    private static void Tap(RemoteInput input, string code, string value)
    {
        input.Apply(new Key(true, false, code, value, KeyModifiers.None, KeyLocks.None));
        input.Apply(new Key(false, false, code, value, KeyModifiers.None, KeyLocks.None));
    }
}
