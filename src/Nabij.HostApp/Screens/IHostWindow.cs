using Nabij.HostCore.Picture;

namespace Nabij.HostApp.Screens;

/// <summary>
/// The seam between the program and the windows of one platform. The program describes what a person
/// should see as values (<see cref="Screen"/>, <see cref="Bar"/>); the shell draws them with native,
/// accessible controls and gives back <see cref="Happening"/>s. No kind of widget is known outside the shell.
/// Everything but <see cref="Post"/>, <see cref="Run"/> and <see cref="Quit"/> belongs to the one UI thread.
/// </summary>
internal interface IHostWindow
{
    /// <summary>What a person did. On the UI thread only.</summary>
    event Action<Happening>? Happened;

    /// <summary>
    /// Raised on a thread of its own the moment a person presses the bar's Stop or the stop keys
    /// (Ctrl+Alt+Pause, or Esc three times within a second) while the bar is shown; also while the UI thread is
    /// stuck. The bar's press may come as a <see cref="Happening"/> too, a little later.
    /// </summary>
    event Action? StopPressed;

    /// <summary>Raised on a thread of its own when a person presses Ctrl+Alt+P on this computer's own keyboard while the bar is shown.</summary>
    event Action? PrivatePressed;

    /// <summary>The computer was locked, or its screen saver began, where the desktop tells it. On the UI thread.</summary>
    event Action? Locked;

    /// <summary>
    /// Shows a screen in the window of that key, and opens the window when there is none. The same screen id
    /// with the same parts and presses is updated in place, so the focus stays; anything else is built anew.
    /// </summary>
    void Show(string window, Screen screen);

    /// <summary>Closes the window of that key, if there is one.</summary>
    void Close(string window);

    /// <summary>Brings the window of that key to the front, or the bar when it is not open.</summary>
    void Raise(string window);

    /// <summary>Shows the bar on top of everything with its frames; null takes both away.</summary>
    void ShowBar(Bar? bar);

    /// <summary>Shows a large number on each of these displays, 1 on the first; none takes the numbers away.</summary>
    void ShowNumbers(IReadOnlyList<PixelArea> displays);

    /// <summary>The middle of the window of that key, in pixels of the desktop; null while it is not open or not known.</summary>
    (int X, int Y)? PlaceOf(string window);

    /// <summary>Lets a screen reader say a text that changed without the focus moving.</summary>
    void Announce(string text);

    /// <summary>Plays a short sound, where the computer has any; returns at once.</summary>
    void Play(Sound sound);

    /// <summary>Keeps the computer from blanking, locking and sleeping while a session runs, where the desktop allows it.</summary>
    /// <param name="on">Whether to hold it off.</param>
    /// <param name="reason">Why, in words for people.</param>
    void HoldOffSleep(bool on, string reason);

    /// <summary>Opens an address of our own texts in the person's browser, or a folder of ours.</summary>
    void OpenAddress(Uri address);

    /// <summary>Asks where to save a file. The answer comes on the UI thread; null when the person thought better of it.</summary>
    void AskWhereToSave(string window, string suggestedName, Action<string?> answer);

    /// <summary>Asks which files to send, or which folder. The answer comes on the UI thread and may be empty.</summary>
    void AskWhichFilesToSend(string window, bool folder, Action<IReadOnlyList<string>> answer);

    /// <summary>Lets the UI thread do something soon. May be called from any thread.</summary>
    void Post(Action work);

    /// <summary>Runs the windows until <see cref="Quit"/>; the calling thread becomes the UI thread.</summary>
    /// <returns>The exit code given to <see cref="Quit"/>.</returns>
    int Run();

    /// <summary>Ends <see cref="Run"/>. May be called from any thread, also before it.</summary>
    void Quit(int exitCode);
}
