using Nabij.Protocol;

namespace Nabij.HostApp.Flow;

/// <summary>
/// One step of what a customer may allow, as people know it (settled.md 14): its question, what yes gives, and what the
/// bar's menu takes back. Its texts are "NAME.heading", "NAME.body", "NAME.yes", "NAME.no" and, where it has one,
/// "NAME.warning"; "bar.menu.NAME"; "log.NAME", "log.refused-NAME", "log.back-NAME".
/// </summary>
/// <param name="Name">The name in the keys of the texts, and of the screens and presses.</param>
/// <param name="Gives">What yes allows, and nothing else.</param>
internal sealed record PermissionStep(string Name, Permissions Gives)
{
    public const Permissions Control = Permissions.Pointer | Permissions.Keyboard;

    /// <summary>What makes no sense to whom sees nothing.</summary>
    public const Permissions NeedsLook = Permissions.View | Permissions.Draw | Control;

    /// <summary>In the order in which they are asked, when several are wanted at once.</summary>
    public static IReadOnlyList<PermissionStep> All { get; } =
    [
        new("control", Control) { HasWarning = true, Announced = "announce.controlling", AnnouncedBack = "announce.back" },
        new("point", Permissions.Draw),
        new("look", Permissions.View) { TakesBack = NeedsLook, AnnouncedBack = "announce.back-look" },
        new("text-in", Permissions.ClipboardToHost),
        new("text-out", Permissions.ClipboardFromHost),
        new("files-in", Permissions.FilesToHost) { IsSlow = true },
        new("files-out", Permissions.FilesFromHost) { IsSlow = true },
        new("facts", Permissions.SystemInformation),
        new("messages", Permissions.Chat) { HasOwnSwitch = true },
    ];

    private static readonly PermissionStep Look = All.First(step => step.Name == "look");

    /// <summary>What the menu takes back with it.</summary>
    public Permissions TakesBack { get => field == Permissions.None ? Gives : field; init; }

    public bool HasWarning { get; init; }

    /// <summary>True for what is taken slowly: yes answers only after a few seconds (security.md 6.2).</summary>
    public bool IsSlow { get; init; }

    /// <summary>True when it is taken back elsewhere than in the bar's menu.</summary>
    public bool HasOwnSwitch { get; init; }

    /// <summary>The text that a screen reader says when it is given; null: none.</summary>
    public string? Announced { get; init; }

    /// <summary>The text that a screen reader says when it is taken back; null: none.</summary>
    public string? AnnouncedBack { get; init; }

    /// <summary>Which step is asked first. Who sees nothing is asked about looking first, whatever else was wanted with it.</summary>
    public static PermissionStep? First(Permissions wanted, Permissions granted)
    {
        if (!granted.HasFlag(Permissions.View) && (wanted & NeedsLook) != 0) return Look;
        return All.FirstOrDefault(step => (wanted & step.Gives) != 0);
    }

    /// <summary>The step that a press "back-NAME" of the menu takes back.</summary>
    public static PermissionStep? ToTakeBack(string part) => All.FirstOrDefault(step => !step.HasOwnSwitch && part == step.BackId);

    public string BackId => "back-" + Name;

    public bool IsIn(Permissions granted) => (granted & Gives) == Gives;
}
