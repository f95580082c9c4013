using Nabij.HostApp.Screens;
using Nabij.Protocol;

namespace Nabij.HostApp.Flow;

/// <summary>The bar that stays on top while somebody is connected. Pure: phrases and a state in, a value out.</summary>
internal static class BarScreens
{
    /// <param name="phrases">The texts, with the technician's name filled in.</param>
    /// <param name="allowed">What is in force.</param>
    /// <param name="sharing">What of the computer's displays is shared.</param>
    /// <param name="company">Who takes part; null for the technician alone.</param>
    public static Bar Bar(Phrases phrases, Allowed allowed, Sharing sharing, CompanyView? company = null) => new(
        company is { IsVacant: true } ? phrases["bar.left"] : company is { IsSeveral: true } ? Several(phrases, allowed, company) : One(phrases, allowed, sharing),
        allowed switch
        {
            { Stopped: true } or { Private: true } or { Look: true, Guarded: not null } or { Look: true, ReadsCopied: true } => BarColor.Stopped,
            _ when company is { IsVacant: true } => BarColor.Waiting,
            { Look: true } when sharing.Lost is not null => BarColor.Waiting,
            { Control: true } => BarColor.Controlling,
            _ when company is { Controlling.Count: > 0 } => BarColor.Controlling,
            { Look: true } => BarColor.Looking,
            _ when company is { IsSeveral: true } => BarColor.Looking,
            _ => BarColor.Waiting,
        },
        allowed.Stopped ? [new Press("show", phrases["bar.show"])] : [.. Copying(phrases, allowed), .. Unread(phrases, allowed), .. Presses(phrases, allowed)],
        Menu(phrases, allowed, sharing, company))
    {
        Frames = sharing.Shared,
        MenuName = phrases["bar.menu"],
    };

    private static string One(Phrases phrases, Allowed allowed, Sharing sharing) => allowed switch
    {
        { Stopped: true } => phrases["bar.stopped"],
        { Private: true } => phrases["bar.private"],
        { Look: true, Guarded: not null } => phrases["bar.guarded"],
        { Look: true, ReadsCopied: true } => phrases["bar.copied"],
        { Notice: { } notice } => notice,
        { Look: true } when sharing.Lost is { } lost => phrases[lost == DisplayReason.TooLarge ? "bar.too-large" : "bar.gone"],
        { Control: true } => phrases["bar.controlling"],
        { Point: true } => phrases["bar.pointing"],
        { Look: true } => phrases["bar.looking"],
        _ => phrases["bar.connected"],
    };

    // Everybody by name, and who has mouse and keyboard; what holds all of them holds nobody in particular.
    private static string Several(Phrases phrases, Allowed allowed, CompanyView company)
    {
        var named = phrases.With("people", string.Join(", ", company.People.Select(one => one.Name))).With("controller", company.Controller ?? string.Empty);
        return allowed switch
        {
            { Stopped: true } => named["bar.several.stopped"],
            { Private: true } => named["bar.several.private"],
            { Guarded: not null } => named["bar.several.guarded"],
            { ReadsCopied: true } => named["bar.several.copied"],
            { Notice: { } notice } => notice,
            _ => named[company.Controller is null ? "bar.several.looking" : "bar.several.controlling"],
        };
    }

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

    private static List<Press> Menu(Phrases phrases, Allowed allowed, Sharing sharing, CompanyView? company)
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
        if (company is { MayInvite: true } && allowed.Look)
            menu.Add(new Press("invite", phrases["bar.menu.invite"]));
        foreach (var (person, name) in company?.Controlling ?? [])
            menu.Add(new Press(Company.BackControlId(person), phrases.With("guest", name)["bar.menu.back-control"]));
        foreach (var (person, name) in company is { IsSeveral: true } ? company.People : [])
            menu.Add(new Press(Company.RemoveId(person), phrases.With("guest", name)["bar.menu.remove"]));
        menu.Add(new Press("end", phrases[company is { IsSeveral: true } ? "bar.menu.end-all" : "bar.menu.end"]));
        return menu;
    }
}
