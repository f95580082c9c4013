using Nabij.HostCore.Picture;

namespace Nabij.HostApp.Screens;

/// <summary>
/// The bar on top of everything while somebody is connected: who, what is allowed, Stop and a menu.
/// The frames around what is shared have its color.
/// </summary>
/// <param name="Text">Who is connected and what they may do, in one short sentence.</param>
/// <param name="Color">What the color says; the text says it too.</param>
/// <param name="Presses">Always in sight. The one called <see cref="StopId"/> also works while the UI thread is stuck.</param>
/// <param name="Menu">Behind the menu button.</param>
internal sealed record Bar(string Text, BarColor Color, IReadOnlyList<Press> Presses, IReadOnlyList<Press> Menu)
{
    /// <summary>The press whose place on the screen the shell watches apart from the UI thread.</summary>
    public const string StopId = "stop";

    /// <summary>The happenings of the bar carry this as their window and screen.</summary>
    public const string Window = "bar";

    /// <summary>The displays that get a frame, in pixels of the desktop: those that are shared.</summary>
    public required IReadOnlyList<PixelArea> Frames { get; init; }

    /// <summary>What the menu button is called.</summary>
    public required string MenuName { get; init; }
}

/// <summary>What may be done to the computer right now.</summary>
internal enum BarColor
{
    /// <summary>Connected; nothing is allowed yet.</summary>
    Waiting,

    /// <summary>Somebody sees the screen.</summary>
    Looking,

    /// <summary>Somebody uses the pointer and the keyboard.</summary>
    Controlling,

    /// <summary>Stopped, or the connection is gone: nothing leaves and nothing lands.</summary>
    Stopped,
}
