using Nabij.Server.Accounts;

namespace Nabij.Server.Tests.Web;

/// <summary>What the body of an unsafe endpoint is.</summary>
internal enum BodyKind
{
    /// <summary>GET, or an unsafe verb that reads no body.</summary>
    None,

    /// <summary>Fields of a form.</summary>
    Form,

    Json,

    /// <summary>Bytes of a form of their own.</summary>
    Bytes,
}

/// <summary>
/// Every endpoint of the server, who may call it, and what body it takes. A route that is not here fails a test, and so does
/// a line here without a route: a new endpoint is a decision about who may call it.
/// </summary>
internal static class EndpointTable
{
    /// <param name="Name">Verbs and pattern, as <see cref="EndpointPolicyTests.Name"/> gives them.</param>
    /// <param name="Roles">Who may; null for anybody, empty for everybody who is signed in.</param>
    /// <param name="Body">What an unsafe one reads.</param>
    internal sealed record Line(string Name, string[]? Roles, BodyKind Body = BodyKind.None)
    {
        internal string Method => Name.Split(' ')[0];

        internal string Pattern => Name.Split(' ')[1];

        /// <summary>Opened by tokens with scopes, which no role of a person replaces; Api/ApiCallTests.cs tries the scopes.</summary>
        internal bool IsApi => Roles == Tokens;

        internal bool Allows(string role) => Roles is null || Roles.Length == 0 || Roles.Contains(role);
    }

    private static readonly string[] Tokens = ["token"];

    private static readonly string[] SignedIn = [], Technicians = [Role.Technician], Admins = [Role.Owner, Role.Admin], Owners = [Role.Owner];

    private static readonly string[] Readers = [Role.Owner, Role.Admin, Role.Technician, Role.Auditor], Overseers = [Role.Owner, Role.Admin, Role.Auditor], Auditors = [Role.Owner, Role.Auditor], Helpers = [Role.Owner, Role.Admin, Role.Technician];

    private static readonly string[] Counters = [Role.Owner, Role.Admin, Role.Auditor, Role.Reports];

    internal static readonly IReadOnlyList<Line> Lines =
    [
        new("GET /", null), new("GET /organization.json", null), new("GET /healthz", null), new("GET /readyz", null), new("GET /health/live", null), new("GET /health/ready", null), new("GET /download/{platform}", null),
        new("GET /o/{slug}", null), new("GET /o/{slug}/accept", null), new("POST /o/{slug}/accept", null, BodyKind.Form), new("GET /o/{slug}/brand.css", null),
        new("GET /o/{slug}/download", null), new("GET /o/{slug}/download/{platform}", null), new("GET /o/{slug}/licence/{version}/{language}", null),
        new("GET /o/{slug}/organization.json", null), new("GET /o/{slug}/terms", null), new("GET /o/{slug}/terms/{version}/{language}", null),
        new("GET /o/{slug}/privacy", null), new("GET /o/{slug}/safety", null), new("GET /o/{slug}/tour", null),
        new("GET /sign-in", null), new("POST /sign-in", null, BodyKind.Form), new("GET /sign-in/second-factor", null), new("POST /sign-in/second-factor", null, BodyKind.Form),
        new("GET /invitation", null), new("POST /invitation", null, BodyKind.Form), new("POST /invitation/password", null, BodyKind.Form),
        new("POST /invitation/passkey", null, BodyKind.Form), new("POST /invitation/passkey/options", null, BodyKind.Form),
        new("POST /sign-in/passkey", null, BodyKind.Form), new("POST /sign-in/passkey/options", null),
        new("POST /sign-in/second-factor/passkey", null, BodyKind.Form), new("POST /sign-in/second-factor/passkey/options", null),
        new("GET /sign-in/recovery", null), new("POST /sign-in/recovery", null, BodyKind.Form),
        new("GET /sign-in/new-passkey", null), new("POST /sign-in/new-passkey", null, BodyKind.Form), new("POST /sign-in/new-passkey/options", null),
        new("GET /sign-in/provider", null), new("GET /sign-in/provider/return", null), new("GET /sign-in/provider/out", null),
        new("GET /o/{slug}/logo", null), new("GET /o/{slug}/callback", null), new("POST /o/{slug}/callback", null, BodyKind.Form), new("GET /o/{slug}/i/{reference}", null),
        new("GET /o/{slug}/watch", null), new("POST /o/{slug}/watch/tickets", null, BodyKind.Json),
        new("GET /ws/host", null), new("GET /ws/viewer", null),

        new("GET /account", SignedIn), new("POST /account/password", SignedIn, BodyKind.Form), new("POST /account/recovery-codes", SignedIn),
        new("GET /account/second-factor", SignedIn), new("POST /account/second-factor", SignedIn, BodyKind.Form), new("POST /account/sign-ins/end", SignedIn),
        new("POST /account/passkeys", SignedIn, BodyKind.Form), new("POST /account/passkeys/options", SignedIn), new("POST /account/passkeys/remove", SignedIn),
        new("GET /account/provider", SignedIn), new("POST /account/provider/remove", SignedIn),
        new("POST /confirm/passkey", SignedIn, BodyKind.Form), new("POST /confirm/passkey/options", SignedIn), new("GET /confirm/provider", SignedIn),
        new("GET /confirm", SignedIn), new("POST /confirm", SignedIn, BodyKind.Form), new("POST /sign-out", SignedIn),

        new("GET /desk", Technicians), new("GET /desk/events", Technicians), new("GET /desk/waiting", Technicians), new("GET /desk/presence", Technicians), new("POST /desk/presence", Technicians), new("POST /desk/certificate", Technicians, BodyKind.Json),
        new("POST /desk/sessions", Technicians, BodyKind.Json), new("POST /desk/sessions/{id}/ended", Technicians, BodyKind.Json), new("POST /desk/tickets", Technicians, BodyKind.Json),
        new("POST /desk/claims", Technicians, BodyKind.Json), new("POST /desk/claims/{id:guid}/release", Technicians),
        new("GET /desk/notes", Technicians), new("GET /desk/notes/setup", Technicians), new("GET /desk/sessions/{id}/note", Technicians),
        new("POST /desk/sessions/{id}/note", Technicians, BodyKind.Json), new("POST /desk/sessions/{id}/time", Technicians, BodyKind.Json),

        new("GET /desk/pictures/setup", Technicians), new("POST /desk/pictures/{id:guid}/remove", Technicians), new("GET /desk/sessions/{id}/pictures", Technicians),
        new("POST /desk/sessions/{id}/pictures", Technicians, BodyKind.Bytes),
        new("GET /records/pictures/{id:guid}", Helpers), new("GET /records/pictures/keys/{id}", Helpers), new("POST /records/pictures/{id:guid}/remove", Helpers),
        new("GET /settings/pictures", Admins), new("POST /settings/pictures", Admins, BodyKind.Form),

        new("GET /templates", Admins), new("POST /templates", Admins, BodyKind.Form), new("POST /templates/unit", Admins, BodyKind.Form),
        new("POST /templates/{id:guid}", Admins, BodyKind.Form), new("POST /templates/{id:guid}/remove", Admins),

        new("GET /records", Helpers), new("GET /records/sessions/{id}", Helpers), new("GET /records/sessions/{id}/report", Helpers), new("GET /records/consents/{id}", Readers),
        new("GET /records/consents", Overseers), new("POST /records/sessions/export", Admins, BodyKind.Form), new("POST /records/consents/export", Overseers, BodyKind.Form),
        new("GET /records/audit", Auditors), new("POST /records/audit/check", Auditors), new("POST /records/audit/export", Auditors, BodyKind.Form),
        new("GET /records/statistics", Counters), new("POST /records/statistics/export", Counters, BodyKind.Form),
        new("GET /records/settings", Admins), new("POST /records/settings", Admins, BodyKind.Form), new("GET /records/person", Admins), new("POST /records/person", Admins, BodyKind.Form),
        new("POST /records/person/export", Admins, BodyKind.Form), new("POST /records/person/erase", Admins, BodyKind.Form),
        new("GET /desk/callbacks", Technicians), new("POST /desk/callbacks/{id:guid}", Technicians, BodyKind.Json),
        new("GET /callbacks", Technicians), new("POST /callbacks/{id:guid}", Technicians, BodyKind.Form),
        new("GET /invite", Technicians), new("POST /invite", Technicians, BodyKind.Form), new("GET /invite/{id:guid}", Technicians), new("POST /invite/{id:guid}/revoke", Technicians),

        new("GET /checks", Admins), new("GET /checks/stream", Admins),
        new("POST /people/{id:guid}/release", Admins), new("POST /people/wrong-codes/release", Admins),
        new("GET /processor-agreement", Admins), new("GET /processor-agreement/text", Admins),
        new("GET /people", Admins), new("POST /people", Admins, BodyKind.Form), new("GET /people/new", Admins), new("GET /people/limits", Owners), new("POST /people/limits", Owners, BodyKind.Form),
        new("GET /people/ways", Owners), new("POST /people/ways/passwords", Owners, BodyKind.Form),
        new("POST /people/ways/provider", Owners, BodyKind.Form), new("POST /people/ways/provider/remove", Owners),
        new("POST /people/{id:guid}/limits", Admins, BodyKind.Form), new("GET /people/{id:guid}", Admins),
        new("POST /people/{id:guid}", Admins, BodyKind.Form), new("POST /people/{id:guid}/link", Admins, BodyKind.Form), new("POST /people/{id:guid}/link/revoke", Admins),
        new("GET /settings", Admins), new("POST /settings", Admins, BodyKind.Form), new("GET /settings/look", Admins), new("POST /settings/look", Admins, BodyKind.Form),
        new("POST /settings/look/logo", Admins, BodyKind.Form), new("POST /settings/look/logo/remove", Admins), new("GET /settings/look/preview.css", Admins),
        new("GET /settings/help-page", Admins), new("POST /settings/help-page/{language}", Admins, BodyKind.Form),
        new("GET /settings/hours", Admins), new("POST /settings/hours", Admins, BodyKind.Form), new("GET /settings/keeping", Admins), new("POST /settings/keeping", Admins, BodyKind.Form),
        new("GET /settings/terms", Admins), new("GET /settings/terms/compare", Admins), new("GET /settings/terms/accepted", Admins), new("GET /settings/terms/preview", Admins),
        new("GET /settings/terms/draft/{language}", Admins), new("POST /settings/terms/draft/{language}", Admins, BodyKind.Form),
        new("POST /settings/terms/publish", Admins, BodyKind.Form), new("POST /settings/terms/discard", Admins),
        new("POST /people/{id:guid}/off", Admins), new("POST /people/{id:guid}/on", Admins), new("POST /people/{id:guid}/sign-ins/end", Admins),

        new("GET /integration", Admins), new("GET /integration/tokens/new", Admins), new("POST /integration/tokens", Admins, BodyKind.Form), new("POST /integration/tokens/{id:guid}/revoke", Admins),
        new("GET /integration/webhooks/new", Admins), new("POST /integration/webhooks", Admins, BodyKind.Form), new("GET /integration/webhooks/{id:guid}", Admins),
        new("POST /integration/webhooks/{id:guid}", Admins, BodyKind.Form), new("POST /integration/webhooks/{id:guid}/on", Admins), new("POST /integration/webhooks/{id:guid}/off", Admins),
        new("POST /integration/webhooks/{id:guid}/secret", Admins), new("POST /integration/webhooks/{id:guid}/test", Admins),
        new("POST /integration/webhooks/{id:guid}/messages/{delivery:guid}/resend", Admins), new("POST /integration/webhooks/{id:guid}/remove", Admins),

        new("GET /api/v1/openapi.json", null), new("GET /api/v1/token", Tokens), new("GET /api/v1/organization", Tokens), new("GET /api/v1/people", Tokens), new("GET /api/v1/waiting", Tokens),
        new("GET /api/v1/sessions", Tokens), new("GET /api/v1/sessions/{id}", Tokens), new("GET /api/v1/records", Tokens), new("GET /api/v1/records/{id}", Tokens), new("GET /api/v1/statistics", Tokens),
        new("GET /api/v1/links", Tokens), new("POST /api/v1/links", Tokens, BodyKind.Json), new("GET /api/v1/links/{id:guid}", Tokens), new("DELETE /api/v1/links/{id:guid}", Tokens),
        new("GET /api/v1/callbacks", Tokens), new("GET /api/v1/callbacks/{id:guid}", Tokens), new("POST /api/v1/callbacks/{id:guid}", Tokens, BodyKind.Json),
        new("GET /api/v1/webhooks", Tokens), new("POST /api/v1/webhooks", Tokens, BodyKind.Json), new("DELETE /api/v1/webhooks/{id:guid}", Tokens), new("POST /api/v1/webhooks/{id:guid}/test", Tokens),
    ];
}
