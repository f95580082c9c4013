using Nabij.Server.Accounts;

namespace Nabij.Server.Api;

/// <summary>What a token may do, and which roles may do it themselves: a token never grants more than its maker's roles.</summary>
internal static class Scopes
{
    internal const string OrganizationRead = "organization:read", PeopleRead = "people:read", SessionsRead = "sessions:read", RecordsRead = "records:read",
        WaitingRead = "waiting:read", CallbacksRead = "callbacks:read", CallbacksWrite = "callbacks:write", LinksCreate = "links:create",
        StatisticsRead = "statistics:read", WebhooksManage = "webhooks:manage";

    // Owners and administrators hold the desk's scopes without working there: they connect it with other systems.
    private static readonly string[] Heads = [Role.Owner, Role.Admin], Desk = [Role.Owner, Role.Admin, Role.Technician];

    /// <summary>Every scope with the roles that hold it, in the order in which pages show them.</summary>
    private static readonly IReadOnlyList<(string Scope, string[] Roles)> Table =
    [
        (OrganizationRead, [Role.Owner, Role.Admin, Role.Technician, Role.Auditor, Role.Reports]),
        (WaitingRead, Desk),
        (LinksCreate, Desk),
        (CallbacksRead, Desk),
        (CallbacksWrite, Desk),
        (SessionsRead, Heads),
        (StatisticsRead, [Role.Owner, Role.Admin, Role.Reports]),
        (RecordsRead, [Role.Owner, Role.Admin, Role.Auditor]),
        (PeopleRead, Heads),
        (WebhooksManage, Heads),
    ];

    internal static IReadOnlyList<string> All { get; } = [.. Table.Select(line => line.Scope)];

    /// <summary>Those of these scopes that somebody with these roles may give away.</summary>
    internal static IReadOnlyList<string> Held(IEnumerable<string> scopes, IReadOnlyCollection<string> roles) =>
        [.. Table.Where(line => scopes.Contains(line.Scope) && line.Roles.Intersect(roles).Any()).Select(line => line.Scope)];
}
