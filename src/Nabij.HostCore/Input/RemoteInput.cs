using System.Globalization;
using Nabij.HostCore.Picture;
using Nabij.Protocol.Input;

namespace Nabij.HostCore.Input;

/// <summary>
/// Turns one participant's input messages into effects on the desktop (docs/protocol/06): text for printable keys,
/// physical keys for the rest, fractions of the wheel added up. It remembers what it holds and lets go of all of it
/// after a second of silence. Thread-safe: messages come from the reader, releases from anywhere.
/// </summary>
public sealed class RemoteInput : IDisposable
{
    /// <summary>Without any input for this long, everything held is released (chapter 06).</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    /// <summary>The customer's own mouse and keyboard win for this long (picture.md A2).</summary>
    public static readonly TimeSpan LocalPrecedence = TimeSpan.FromSeconds(2);
    /// <summary>Tuning: a change on the screen this soon after input counts as its echo.</summary>
    private static readonly TimeSpan EchoTime = TimeSpan.FromMilliseconds(150);
    private const int MostHeldKeys = 32;

    private static readonly (KeyModifiers Bit, string Left, string Right)[] ModifierKeys =
    [
        (KeyModifiers.Shift, "ShiftLeft", "ShiftRight"), (KeyModifiers.Control, "ControlLeft", "ControlRight"),
        (KeyModifiers.Alt, "AltLeft", "AltRight"), (KeyModifiers.Meta, "MetaLeft", "MetaRight"),
    ];

    private readonly Lock gate = new();
    private readonly IInputSink sink;
    private readonly TimeProvider time;
    private readonly Func<bool> knowsScreen;
    private readonly ITimer silenceTimer;
    private readonly Dictionary<string, int> heldKeys = new(StringComparer.Ordinal);
    private readonly HashSet<PointerButtonName> heldButtons = [];
    private int wheelX, wheelY;
    private long lastInput, lastLocal;
    private volatile bool hadInput;
    private volatile bool hadLocal;

    /// <param name="sink">Where it takes effect.</param>
    /// <param name="time">Clock for silence and precedence.</param>
    /// <param name="knowsScreen">
    /// Whether the places that the viewer names are those of the screen as it is; asked for each of them. Null: always.
    /// </param>
    public RemoteInput(IInputSink sink, TimeProvider time, Func<bool>? knowsScreen = null)
    {
        this.sink = sink;
        this.time = time;
        this.knowsScreen = knowsScreen ?? (static () => true);
        silenceTimer = time.CreateTimer(_ => ReleaseIfSilent(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Input was dropped, because the customer uses the own mouse or keyboard. On the thread that applied it; must return at once.</summary>
    public event Action? GaveWay;

    /// <summary>Where this participant moved the pointer last, in pixels; null before the first time.</summary>
    public (int X, int Y)? LastPointer { get; private set; }

    /// <summary>
    /// True while a change on the screen is probably the echo of this participant's input. Waits for nobody: the picture
    /// thread asks, while text is being entered.
    /// </summary>
    public bool IsFresh => hadInput && time.GetElapsedTime(Volatile.Read(ref lastInput)) < EchoTime;

    /// <summary>Carries out one message. The permission gate has been asked before; canceled when it closes.</summary>
    public void Apply(InputMessage message, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            Volatile.Write(ref lastInput, time.GetTimestamp());
            hadInput = true;
            if (message is ReleaseAll) ReleaseEverything();
            else if (message is not Held && IsCustomerActive) GaveWay?.Invoke();
            else if (message is not Held) Carry(message, cancellationToken);
            if (heldKeys.Count + heldButtons.Count > 0) silenceTimer.Change(Silence, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Lets go of every key and button that this participant holds.</summary>
    public void Release()
    {
        lock (gate)
        {
            ReleaseEverything();
            sink.Settle();
        }
    }

    /// <summary>The customer moved the own mouse or typed: remote input pauses. Never waits; the release follows at once on a timer.</summary>
    public void NoteLocalInput()
    {
        Volatile.Write(ref lastLocal, time.GetTimestamp());
        hadLocal = true;
        silenceTimer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Another window is in front. When it is one of our own, the customer is about to answer there: remote input pauses as
    /// for the customer's own hand, and a key that was held elsewhere does not go on repeating in it. Never waits.
    /// </summary>
    public void NoteWindow(ActiveWindow? active)
    {
        if (active is { IsOwn: true }) NoteLocalInput();
    }

    public void Dispose()
    {
        silenceTimer.Dispose();
        Release();
    }

    private bool IsCustomerActive => hadLocal && time.GetElapsedTime(Volatile.Read(ref lastLocal)) < LocalPrecedence;

    private void Carry(InputMessage message, CancellationToken cancellationToken)
    {
        switch (message)
        {
            case PointerMove move:
                TryMoveTo(move.X, move.Y);
                break;
            case PointerButton button:
                // What is held is let go of, wherever the pointer is.
                if (TryMoveTo(button.X, button.Y) || !button.IsDown) SetButton(button.Button, button.IsDown);
                break;
            case Wheel wheel:
                if (TryMoveTo(wheel.X, wheel.Y)) Turn(wheel.Dx, wheel.Dy);
                break;
            case Key key:
                Carry(key, cancellationToken);
                break;
            case TextEntered text:
                sink.EnterText(text.Text, cancellationToken);
                break;
        }
    }

    // False: a place of another screen than there is now, where nothing may be clicked.
    private bool TryMoveTo(int x, int y)
    {
        if (!knowsScreen()) return false;
        LastPointer = (x, y);
        sink.MovePointer(x, y);
        return true;
    }

    private void SetButton(PointerButtonName button, bool isDown)
    {
        if (!isDown)
        {
            if (heldButtons.Remove(button)) sink.SetButton(button, false);
        }
        else if (sink.SetButton(button, true))
        {
            heldButtons.Add(button);
        }
    }

    private void Turn(int dx, int dy)
    {
        wheelX += dx;
        wheelY += dy;
        var (right, down) = (wheelX / Wheel.Notch, wheelY / Wheel.Notch);
        wheelX -= right * Wheel.Notch;
        wheelY -= down * Wheel.Notch;
        if (right != 0 || down != 0) sink.TurnWheel(right, down);
    }

    private void Carry(Key key, CancellationToken cancellationToken)
    {
        var name = key.Code.Length > 0 ? key.Code : key.Value;
        if (!key.IsDown)
        {
            if (heldKeys.Remove(name, out var held)) sink.SetKey(held, false);
            return;
        }
        // Locks stay as the customer has them; AltGraph and dead keys only make text, which arrives as text.
        if (key.Value is "CapsLock" or "NumLock" or "ScrollLock" or "AltGraph" or "Dead" or "Process" or "Compose") return;
        if (IsText(key)) sink.EnterText(key.Value, cancellationToken);
        else Press(key, name);
    }

    private static bool IsText(Key key)
    {
        const KeyModifiers Shortcut = KeyModifiers.Control | KeyModifiers.Alt | KeyModifiers.Meta;
        if (!IsOneCharacter(key.Value)) return false;
        return (key.Modifiers & KeyModifiers.AltGraph) != 0 || (key.Modifiers & Shortcut) == 0;
    }

    private static bool IsOneCharacter(string value) =>
        value.Length > 0 && StringInfo.GetNextTextElementLength(value) == value.Length && !char.IsControl(value[0]);

    private void Press(Key key, string name)
    {
        if (heldKeys.ContainsKey(name)) return; // the desktop repeats a held key by itself
        if (heldKeys.Count >= MostHeldKeys || Find(key) is var found && found == 0) return;
        if (!IsModifier(name)) MatchModifiers(key.Modifiers);
        if (sink.SetKey(found, true)) heldKeys[name] = found;
    }

    private int Find(Key key)
    {
        // The keypad means what the technician's Num Lock makes of it; one-character values of it were text already.
        if (key.Code.StartsWith("Numpad", StringComparison.Ordinal) && key.Value is not ("Enter" or ""))
        {
            if (key.Value == "Clear") return 0; // the 5 without Num Lock: with the customer's Num Lock on it would be a digit
            return sink.FindKey(PhysicalKeys.ForValue(key.Value) is { Length: > 0 } meant ? meant : key.Code);
        }
        if (ShortcutCharacterOf(key) is var character && character != '\0') return sink.FindKey(key.Code, character);
        var found = sink.FindKey(key.Code);
        return found != 0 ? found : sink.FindKey(PhysicalKeys.ForValue(key.Value));
    }

    // Only shortcuts get here with one character. The row of digits counts by its place: AZERTY has the digits on Shift.
    private static char ShortcutCharacterOf(Key key)
    {
        var isOnLetter = key.Code.Length == 4 && key.Code.StartsWith("Key", StringComparison.Ordinal);
        if (key.Value.Length != 1) return '\0';
        var character = key.Value[0];
        if (char.IsAsciiLetter(character)) return char.ToLowerInvariant(character);
        // Layouts without Latin letters: programs take the letter that a keyboard of the United States has there.
        if (isOnLetter && !char.IsAscii(character)) return char.ToLowerInvariant(key.Code[3]);
        var isSign = character is > ' ' and < '\u007f' && !char.IsAsciiDigit(character);
        return isSign && !key.Code.StartsWith("Digit", StringComparison.Ordinal) ? character : '\0';
    }

    private static bool IsModifier(string name) => Array.Exists(ModifierKeys, key => name == key.Left || name == key.Right);

    // A modifier whose press or release never arrived (it happened outside the page) is made up for here.
    private void MatchModifiers(KeyModifiers wanted)
    {
        foreach (var (bit, left, right) in ModifierKeys)
        {
            var isHeld = heldKeys.ContainsKey(left) || heldKeys.ContainsKey(right);
            var isWanted = (wanted & bit) != 0;
            if (isWanted && !isHeld && sink.FindKey(left) is > 0 and var key && sink.SetKey(key, true)) heldKeys[left] = key;
            if (isWanted || !isHeld) continue;
            if (heldKeys.Remove(left, out var leftKey)) sink.SetKey(leftKey, false);
            if (heldKeys.Remove(right, out var rightKey)) sink.SetKey(rightKey, false);
        }
    }

    private void ReleaseIfSilent()
    {
        lock (gate)
        {
            if (heldKeys.Count + heldButtons.Count == 0) return;
            var left = Silence - time.GetElapsedTime(lastInput);
            if (left > TimeSpan.Zero && !IsCustomerActive) silenceTimer.Change(left, Timeout.InfiniteTimeSpan);
            else ReleaseEverything();
        }
    }

    private void ReleaseEverything()
    {
        foreach (var button in heldButtons) sink.SetButton(button, false);
        heldButtons.Clear();
        foreach (var key in heldKeys.Values) sink.SetKey(key, false);
        heldKeys.Clear();
        wheelX = wheelY = 0;
    }
}
