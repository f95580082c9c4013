using Nabij.HostCore.Input;
using Nabij.HostCore.Picture;
using Nabij.Protocol.Input;

namespace Nabij.HostCore.Tests.Session;

/// <summary>A desktop that fails in a way nobody expected: at once, or only when something held is let go.</summary>
internal sealed class FailingSink : IInputSink
{
    public bool FailsOnRelease { get; init; }

    private volatile bool hasPressed;

    public bool HasPressed => hasPressed;

    public void Confine(ScreenLayout screen)
    {
    }

    public void MovePointer(int x, int y)
    {
        if (!FailsOnRelease) throw new NotSupportedException();
    }

    public bool SetButton(PointerButtonName button, bool isDown)
    {
        if (!isDown) throw new NotSupportedException();
        return hasPressed = true;
    }

    public bool TurnWheel(int notchesRight, int notchesDown) => true;

    public int FindKey(string code, char shortcutCharacter = '\0') => 0;

    public bool SetKey(int key, bool isDown) => true;

    public bool EnterText(string text, CancellationToken cancellationToken) => true;

    public void ShowDrawn(IReadOnlyList<Nabij.HostCore.Drawing.Drawn> drawn)
    {
    }

    public void Settle()
    {
    }

    public void Dispose()
    {
    }
}
