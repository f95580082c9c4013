using Nabij.HostCore.Drawing;
using Nabij.HostCore.Picture;
using Nabij.Protocol.Input;

namespace Nabij.HostCore.Input;

/// <summary>
/// Where remote input takes effect: the real desktop, or a recorder for tests. Thread-safe; every call has taken effect
/// (been handed to the desktop) when it returns. Calls that would press something on one of this program's own windows
/// do nothing and return false: a technician must not press the customer's buttons for consent or Stop.
/// </summary>
public interface IInputSink : IDisposable
{
    /// <summary>
    /// From now on places are pixels of this screen, and input stays inside its displays; with none of them nothing is
    /// moved or pressed. Never waits, and may come while another call runs.
    /// </summary>
    void Confine(ScreenLayout screen);

    /// <summary>Moves the pointer to this pixel; outside the shared displays it goes to the edge of the nearest one.</summary>
    void MovePointer(int x, int y);

    bool SetButton(PointerButtonName button, bool isDown);

    /// <summary>Turns the wheel by whole notches, to the right and down when positive.</summary>
    bool TurnWheel(int notchesRight, int notchesDown);

    /// <summary>
    /// The key at this physical place (a DOM code), or for a character of a shortcut (a to z, or a sign of ASCII) the one
    /// that gives it on the customer's layout, with the Shift and AltGr that it takes there; 0 when the desktop has none.
    /// </summary>
    int FindKey(string code, char shortcutCharacter = '\0');

    bool SetKey(int key, bool isDown);

    /// <summary>
    /// Enters text whatever the customer's layout and whatever keys this sink holds; false when some of it could not be entered. Stops soon after cancellation.
    /// </summary>
    bool EnterText(string text, CancellationToken cancellationToken);

    /// <summary>
    /// Shows these and nothing else of what technicians draw, in the places of <see cref="Confine"/>: above the customer's
    /// windows, below this program's own, without taking a press or the focus, and only on the shared displays. Marks go
    /// where the pointer goes, and like held keys must go away while the windows' thread is stuck: so they are this seam's.
    /// Never waits for another call.
    /// </summary>
    void ShowDrawn(IReadOnlyList<Drawn> drawn);

    /// <summary>Takes back what <see cref="EnterText"/> changed on the desktop for a while (borrowed keys).</summary>
    void Settle();
}
