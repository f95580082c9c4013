using Nabij.HostCore.Drawing;
using Nabij.HostCore.Picture;
using Nabij.Protocol.Input;

namespace Nabij.HostCore.Input;

/// <summary>An input sink without a desktop: it writes down what would have happened, the newest thousand lines.</summary>
public sealed class RecordingInputSink : IInputSink
{
    private const int MostLines = 1000;

    // Where a keyboard of the United States has the signs that need no Shift.
    private static readonly Dictionary<char, string> SignPlaces = new()
    {
        ['-'] = "Minus", ['='] = "Equal", ['['] = "BracketLeft", [']'] = "BracketRight", ['\\'] = "Backslash", [';'] = "Semicolon",
        ['\''] = "Quote", ['`'] = "Backquote", [','] = "Comma", ['.'] = "Period", ['/'] = "Slash",
    };

    private readonly Lock gate = new();
    private readonly Queue<string> lines = new();
    private volatile ScreenLayout? confines;
    private IReadOnlyList<Drawn> shown = [];

    /// <summary>What happened so far, oldest first.</summary>
    public IReadOnlyList<string> Lines
    {
        get { lock (gate) return [.. lines]; }
    }

    /// <summary>What is drawn now.</summary>
    public IReadOnlyList<Drawn> Shown
    {
        get { lock (gate) return shown; }
    }

    /// <summary>Without this every place is taken as it is.</summary>
    public void Confine(ScreenLayout screen) => confines = screen;

    public void MovePointer(int x, int y)
    {
        if ((confines is { } screen ? screen.ToDesktop(x, y) : (x, y)) is var (left, top)) Write($"move {left} {top}");
    }

    public bool SetButton(PointerButtonName button, bool isDown) => MayPress(isDown) && Write($"button {button} {Word(isDown)}");

    public bool TurnWheel(int notchesRight, int notchesDown) => MayPress(true) && Write($"wheel {notchesRight} {notchesDown}");

    public int FindKey(string code, char shortcutCharacter = '\0') =>
        PhysicalKeys.ToEvdev(char.IsAsciiLetter(shortcutCharacter) ? $"Key{char.ToUpperInvariant(shortcutCharacter)}" : SignPlaces.GetValueOrDefault(shortcutCharacter, code));

    public bool SetKey(int key, bool isDown) => MayPress(isDown) && Write($"key {key} {Word(isDown)}");

    public bool EnterText(string text, CancellationToken cancellationToken) => MayPress(true) && Write($"text {text}");

    public void ShowDrawn(IReadOnlyList<Drawn> drawn)
    {
        lock (gate) shown = drawn;
    }

    public void Settle()
    {
    }

    public void Dispose()
    {
    }

    private bool MayPress(bool isDown) => !isDown || confines is not { Displays.Count: 0 };

    private static string Word(bool isDown) => isDown ? "down" : "up";

    private bool Write(string line)
    {
        lock (gate)
        {
            lines.Enqueue(line);
            if (lines.Count > MostLines) lines.Dequeue();
        }
        return true;
    }
}
