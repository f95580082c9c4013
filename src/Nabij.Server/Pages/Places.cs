using Nabij.Server.Accounts;

namespace Nabij.Server.Pages;

/// <summary>A page for signed-in people that the navigation leads to.</summary>
/// <param name="Path">Its address; the pages below it count as it.</param>
/// <param name="Key">Its name, a key of the texts.</param>
/// <param name="Roles">Who may open it: one of these is enough; none is everybody who is signed in.</param>
internal sealed record Place(string Path, string Key, params string[] Roles);

/// <summary>Where signed-in people can go, in the order shown. A feature adds a line; a test compares each with its endpoint's policy.</summary>
internal static class Places
{
    internal static readonly IReadOnlyList<Place> All =
    [
        new("/desk", "desk.title", Role.Technician),
        new("/callbacks", "callbacks.title", Role.Technician),
        new("/invite", "invite.title", Role.Technician),
        new("/records", "records.title", Role.Owner, Role.Admin, Role.Technician),
        new("/records/audit", "audit.title", Role.Owner, Role.Auditor),
        new("/records/statistics", "statistics.title", Role.Owner, Role.Admin, Role.Auditor, Role.Reports),
        new("/people", "people.title", Role.Owner, Role.Admin),
        new("/templates", "templates.title", Role.Owner, Role.Admin),
        new("/integration", "integration.title", Role.Owner, Role.Admin),
        new("/settings", "settings.title", Role.Owner, Role.Admin),
        new("/checks", "check.title", Role.Owner, Role.Admin),
    ];

    /// <summary>What somebody with these roles may open.</summary>
    internal static IEnumerable<Place> For(IReadOnlyCollection<string> roles) =>
        All.Where(place => place.Roles.Length == 0 || place.Roles.Any(roles.Contains));

    /// <summary>The place that a page belongs to: the longest address that begins its own; null when it belongs to none.</summary>
    internal static Place? Of(string path) =>
        All.Where(place => path == place.Path || path.StartsWith($"{place.Path}/", StringComparison.Ordinal)).MaxBy(place => place.Path.Length);
}
