using Nabij.HostApp.Screens;
using Nabij.Protocol;

namespace Nabij.HostApp.Flow;

/// <summary>The bar that stays on top while somebody is connected. Pure: phrases and a state in, a value out.</summary>
internal static class BarScreens
{
    /// <param name="phrases">The texts, with the technician's name filled in.</param>
    /// <param name="allowed">What is in force.</param>
    /// <param name="sharing">What of the computer's displays is shared.</param>
    public static Bar Bar(Phrases phrases, Allowed allowed, Sharing sharing) => new(
        phrases[allowed switch
        {
            { Stopped: true } => "bar.stopped",
            { Private: true } => "bar.private",
            { Look: true, Guarded: not null } => "bar.guarded",
            { Look: true, ReadsCopied: true } => "bar.copied",
            { Notice: { } notice } => notice,
            { Look: true } when sharing.Lost is { } lost => lost == DisplayReason.TooLarge ? "bar.too-large" : "bar.gone",
            { Control: true } => "bar.controlling",
            { Point: true } => "bar.pointing",
            { Look: true } => "bar.looking",
            _ => "bar.connected",
        }],
        allowed switch
        {
            { Stopped: true } or { Private: true } or { Look: true, Guarded: not null } or { Look: true, ReadsCopied: true } => BarColor.Stopped,
            { Look: true } when sharing.Lost is not null => BarColor.Waiting,
            { Control: true } => BarColor.Controlling,
            { Look: true } => BarColor.Looking,
            _ => BarColor.Waiting,
        },
        allowed.Stopped ? [new Press("show", phrases["bar.show"])] : [.. Copying(phrases, allowed), .. Unread(phrases, allowed), .. Presses(phrases, allowed)],
        Menu(phrases, allowed, sharing))
    {
        Frames = sharing.Shared,
        MenuName = phrases["bar.menu"],
    };

    /// <summary>The bar while the connection is away: who was connected sees nothing, and how long it is waited for.</summary>
    public static Bar Away(Phrases phrases, TimeSpan left) => new(
        phrases.With("time", ClockText(left))["bar.away"],
        BarColor.Stopped,
        [new Press("end", phrases["bar.menu.end"], PressWeight.Danger)],
        [])
    {
        Frames = [],
        MenuName = phrases["bar.menu"],
    };

    private static List<Press> Presses(Phrases phrases, Allowed allowed)
    {
        List<Press> presses = [];
        if (allowed.Private)
            presses.Add(new Press("show-again", phrases["bar.show-again"]));
        else if (allowed is { Look: true, Guarded: not null })
            presses.Add(new Press("why", phrases["bar.why"]));
        else if (allowed.Look)
            presses.Add(new Press("private", phrases["bar.private.press"]) { Name = phrases["bar.private.name"] });
        presses.Add(new Press(Screens.Bar.StopId, phrases["bar.stop"], PressWeight.Danger) { Name = phrases["bar.stop.name"] });
        return presses;
    }

    private static string ClockText(TimeSpan left)
    {
        var seconds = Math.Max(0, (int)Math.Ceiling(left.TotalSeconds));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
    }

    // In sight only while something waits: the bar stays short, and what is new is noticed.
    private static Press[] Unread(Phrases phrases, Allowed allowed) => allowed.Unread switch
    {
        0 => [],
        1 => [new Press("chat", phrases["bar.chat.one"], PressWeight.Primary)],
        var count => [new Press("chat", phrases.With("count", count)["bar.chat.more"], PressWeight.Primary)],
    };

    private static Press[] Copying(Phrases phrases, Allowed allowed) => allowed.Copying is var (done, of)
        ? [new Press("files", phrases.With("done", done).With("count", of)["bar.files"]) { Name = phrases.With("done", done).With("count", of)["bar.files.name"] }]
        : [];

    private static List<Press> Menu(Phrases phrases, Allowed allowed, Sharing sharing)
    {
        List<Press> menu = [new Press("chat", phrases["bar.menu.chat"])];
        if (allowed is { Stopped: false, Private: false, Guarded: null } && allowed.Granted.HasFlag(Permissions.ClipboardFromHost))
            menu.Add(new Press("give-text", phrases["bar.menu.give-text"]));
        if (allowed.HasFiles)
            menu.Add(new Press("files", phrases["bar.menu.files"]));
        if (allowed.MayReplace)
            menu.Add(new Press("replace", phrases["bar.menu.replace"]));
        if (allowed.HasKept)
            menu.Add(new Press("kept", phrases["bar.menu.kept"]));
        if (sharing.MayChoose && !allowed.Stopped)
            menu.Add(new Press("displays", phrases["bar.menu.displays"]));
        if (!allowed.Stopped)
            menu.AddRange(PermissionStep.All.Where(step => !step.HasOwnSwitch && step.IsIn(allowed.Granted))
                .Select(step => new Press(step.BackId, phrases["bar.menu." + step.Name])));
        menu.Add(new Press("end", phrases["bar.menu.end"]));
        return menu;
    }
}
