using Nabij.HostCore.Input;
using Nabij.Protocol.Input;

namespace Nabij.HostCore.Tests.Input;

/// <summary>What becomes of keys, wheels and silence, without a desktop (docs/protocol/06; the quirks of browsers' keyboards).</summary>
public sealed class RemoteInputTests : IDisposable
{
    private readonly ManualTimeProvider clock = new();
    private readonly RecordingInputSink sink = new();
    private readonly RemoteInput input;

    public RemoteInputTests() => input = new RemoteInput(sink, clock);

    public void Dispose() => input.Dispose();

    [Theory]
    [InlineData("KeyA", "a", KeyModifiers.None, "text a")]
    [InlineData("KeyQ", "a", KeyModifiers.None, "text a")] // AZERTY: the value counts
    [InlineData("Digit7", "/", KeyModifiers.Shift, "text /")]
    [InlineData("KeyE", "€", KeyModifiers.AltGraph, "text €")]
    [InlineData("KeyQ", "@", KeyModifiers.Control | KeyModifiers.Alt | KeyModifiers.AltGraph, "text @")] // AltGr as Windows reports it
    [InlineData("Space", " ", KeyModifiers.None, "text  ")]
    [InlineData("", "é", KeyModifiers.None, "text é")]
    [InlineData("KeyA", "e\u0301", KeyModifiers.None, "text e\u0301")] // one character of two code points
    [InlineData("Numpad7", "7", KeyModifiers.None, "text 7")]
    [InlineData("Numpad7", "Home", KeyModifiers.None, "key 102 down")] // Num Lock off at the technician's
    [InlineData("NumpadEnter", "Enter", KeyModifiers.None, "key 96 down")]
    [InlineData("Enter", "Enter", KeyModifiers.None, "key 28 down")]
    [InlineData("F5", "F5", KeyModifiers.None, "key 63 down")]
    [InlineData("", "ArrowUp", KeyModifiers.None, "key 103 down")] // no physical place known
    [InlineData("ControlRight", "Control", KeyModifiers.Control, "key 97 down")]
    [InlineData("", "5", KeyModifiers.None, "text 5")]
    [InlineData("KeyA", "ф", KeyModifiers.None, "text ф")]
    [InlineData("KeyE", "👍🏽", KeyModifiers.None, "text 👍🏽")]
    public void A_key_becomes_text_or_a_physical_key(string code, string value, KeyModifiers modifiers, string expected)
    {
        Down(code, value, modifiers);
        Assert.Equal([expected], sink.Lines);
    }

    [Theory]
    [InlineData("CapsLock", "CapsLock")]
    [InlineData("NumLock", "NumLock")]
    [InlineData("AltRight", "AltGraph")]
    [InlineData("BracketLeft", "Dead")]
    [InlineData("KeyA", "Process")]
    [InlineData("Unknown", "Unidentified")]
    [InlineData("Numpad5", "Clear")] // with the customer's Num Lock on it would be a 5
    public void Locks_and_keys_that_only_make_text_are_left_alone(string code, string value)
    {
        Down(code, value);
        Up(code, value);
        Assert.Empty(sink.Lines);
    }

    [Theory]
    [InlineData("KeyQ", "a", "key 30 down")] // AZERTY: the letter counts
    [InlineData("KeyC", "с", "key 46 down")] // Cyrillic: the letter that a Latin keyboard has there
    [InlineData("KeyI", "ı", "key 23 down")]
    [InlineData("Slash", "-", "key 12 down")] // a German minus: the sign counts
    [InlineData("Digit1", "&", "key 2 down")] // AZERTY: the row of digits counts by its place
    [InlineData("Digit0", "à", "key 11 down")]
    [InlineData("Semicolon", "ö", "key 39 down")]
    [InlineData("BracketRight", "", "key 27 down")] // a dead key says nothing in a shortcut
    [InlineData("", "5", "key 6 down")]
    [InlineData("NumpadAdd", "+", "key 78 down")]
    [InlineData("Numpad7", "Home", "key 102 down")]
    [InlineData("Space", " ", "key 57 down")]
    public void A_shortcut_means_the_letter_or_sign_and_else_the_place(string code, string value, string expected)
    {
        Down("ControlLeft", "Control", KeyModifiers.Control);
        Down(code, value, KeyModifiers.Control);
        Assert.Equal(["key 29 down", expected], sink.Lines);
    }

    [Fact]
    public void A_shortcut_presses_the_key_of_its_letter_and_the_modifier_that_never_arrived()
    {
        Down("KeyQ", "a", KeyModifiers.Control); // Control went down outside the page
        Up("KeyQ", "a", KeyModifiers.Control);
        Assert.Equal(["key 29 down", "key 30 down", "key 30 up"], sink.Lines);
    }

    [Fact]
    public void A_modifier_whose_release_never_arrived_is_let_go_at_the_next_key()
    {
        Down("AltLeft", "Alt", KeyModifiers.Alt);
        Down("Enter", "Enter");
        Assert.Equal(["key 56 down", "key 56 up", "key 28 down"], sink.Lines);
    }

    [Fact]
    public void A_held_key_that_the_technicians_keyboard_repeats_is_pressed_once()
    {
        Down("ArrowDown", "ArrowDown");
        for (var i = 0; i < 5; i++) input.Apply(new Key(true, true, "ArrowDown", "ArrowDown", KeyModifiers.None, KeyLocks.None));
        Up("ArrowDown", "ArrowDown");
        Assert.Equal(["key 108 down", "key 108 up"], sink.Lines);
    }

    [Fact]
    public void Text_repeats_as_often_as_the_technicians_keyboard_says()
    {
        Down("KeyA", "a");
        input.Apply(new Key(true, true, "KeyA", "a", KeyModifiers.None, KeyLocks.None));
        Up("KeyA", "a");
        Assert.Equal(["text a", "text a"], sink.Lines);
    }

    [Fact]
    public void The_key_that_went_down_is_the_key_that_goes_up_whatever_its_value_is_then()
    {
        Down("Numpad7", "Home");
        Up("Numpad7", "7");
        Assert.Equal(["key 102 down", "key 102 up"], sink.Lines);
    }

    [Fact]
    public void Fractions_of_a_wheel_add_up_in_both_directions()
    {
        for (var i = 0; i < 10; i++) input.Apply(new Wheel(0, 0, 0, 30));
        for (var i = 0; i < 3; i++) input.Apply(new Wheel(0, 0, -50, 0));
        Assert.Equal(["wheel 0 1", "wheel 0 1", "wheel -1 0"], sink.Lines.Where(line => line.StartsWith("wheel", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Invariant", "8")]
    public void RELEASE_ALL_lets_go_of_everything_and_what_goes_up_later_does_nothing()
    {
        Down("ShiftLeft", "Shift", KeyModifiers.Shift);
        input.Apply(new PointerButton(1, 1, PointerButtonName.Left, true));
        input.Apply(new ReleaseAll());
        Assert.Equal(["button Left up", "key 42 up"], sink.Lines.TakeLast(2));
        Up("ShiftLeft", "Shift");
        input.Apply(new PointerButton(1, 1, PointerButtonName.Left, false));
        Assert.Equal("move 1 1", sink.Lines[^1]);
    }

    [Fact]
    [Trait("Invariant", "8")]
    public void Silence_lets_go_exactly_one_second_after_the_last_sign()
    {
        Down("KeyA", "Shift");
        Down("ShiftLeft", "Shift", KeyModifiers.Shift);
        clock.Advance(TimeSpan.FromMilliseconds(900));
        input.Apply(new Held());
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.DoesNotContain("key 42 up", sink.Lines);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Contains("key 42 up", sink.Lines);
    }

    [Fact]
    [Trait("Invariant", "8")]
    public void The_customers_own_hand_lets_go_of_everything_and_wins_for_two_seconds()
    {
        Down("ShiftLeft", "Shift", KeyModifiers.Shift);
        input.Apply(new PointerButton(1, 1, PointerButtonName.Left, true));
        input.NoteLocalInput();
        clock.Advance(TimeSpan.Zero);
        Assert.Equal(["button Left up", "key 42 up"], sink.Lines.TakeLast(2));
        var before = sink.Lines.Count;
        clock.Advance(TimeSpan.FromMilliseconds(1999));
        Down("KeyA", "a");
        Down("Enter", "Enter");
        input.Apply(new PointerMove(5, 5));
        input.Apply(new PointerButton(5, 5, PointerButtonName.Left, true));
        input.Apply(new Wheel(5, 5, 0, 120));
        input.Apply(new TextEntered("x"));
        Assert.Equal(before, sink.Lines.Count);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Down("KeyA", "a");
        Assert.Equal("text a", sink.Lines[^1]);
    }

    [Fact]
    public void A_wheel_finer_than_a_notch_waits_for_the_notch_on_each_axis()
    {
        input.Apply(new Wheel(0, 0, 119, -119));
        Assert.DoesNotContain(sink.Lines, line => line.StartsWith("wheel", StringComparison.Ordinal));
        input.Apply(new Wheel(0, 0, 1, -1));
        input.Apply(new Wheel(0, 0, 3600, 241));
        Assert.Equal(["wheel 1 -1", "wheel 30 2"], sink.Lines.Where(line => line.StartsWith("wheel", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Invariant", "4")]
    public void No_more_than_a_bounded_number_of_keys_is_held()
    {
        foreach (var letter in "QWERTYUIOPASDFGHJKLZXCVBNM") Down("Key" + letter, "", KeyModifiers.Control);
        for (var i = 1; i <= 12; i++) Down("F" + i, "F" + i, KeyModifiers.Control);
        input.Release();
        Assert.Equal(sink.Lines.Count(line => line.EndsWith("down", StringComparison.Ordinal)), sink.Lines.Count(line => line.EndsWith("up", StringComparison.Ordinal)));
        Assert.InRange(sink.Lines.Count(line => line.EndsWith("down", StringComparison.Ordinal)), 1, 33);
    }

    [Fact]
    public void While_places_are_those_of_another_screen_nothing_is_pointed_at_and_held_buttons_are_let_go_of()
    {
        var knows = true;
        using var pointing = new RemoteInput(sink, clock, () => knows);
        pointing.Apply(new PointerButton(10, 20, PointerButtonName.Left, true));
        knows = false;
        pointing.Apply(new PointerMove(30, 40));
        pointing.Apply(new Wheel(30, 40, 0, 120));
        pointing.Apply(new PointerButton(30, 40, PointerButtonName.Right, true));
        pointing.Apply(new PointerButton(30, 40, PointerButtonName.Left, false));
        pointing.Apply(new TextEntered("a"));
        Assert.Equal(["move 10 20", "button Left down", "button Left up", "text a"], sink.Lines);
        Assert.Equal((10, 20), pointing.LastPointer);
        knows = true;
        pointing.Apply(new PointerMove(30, 40));
        Assert.Equal("move 30 40", sink.Lines[^1]);
    }

    private void Down(string code, string value, KeyModifiers modifiers = KeyModifiers.None) =>
        input.Apply(new Key(true, false, code, value, modifiers, KeyLocks.None));

    private void Up(string code, string value, KeyModifiers modifiers = KeyModifiers.None) =>
        input.Apply(new Key(false, false, code, value, modifiers, KeyLocks.None));
}
