// What is kept about people, beside the tables that it is in: the privacy page is made of this list. A test compares it
// with the schema, so that no table comes to be that the page is silent about.

namespace Nabij.Server.Explained;

internal static class StoredThings
{
    internal static readonly IReadOnlyList<StoredThing> All =
    [
        new("acceptance", IsAboutStaff: false, times => Kept.Months(times.AcceptanceMonths), "acceptance"),
        new("consent", IsAboutStaff: false, times => Kept.Months(times.AcceptanceMonths), "consent"),
        new("session", IsAboutStaff: false, times => Kept.Months(times.SessionMonths), "session"),
        new("callback", IsAboutStaff: false, times => Kept.Days(times.CallbackDays), "callback_request"),
        new("invited", IsAboutStaff: false, times => Kept.Days(times.CallbackDays), "customer_invitation"),
        new("notes", IsAboutStaff: false, times => Kept.Months(times.SessionMonths), "session_note", "session_time"),
        new("pictures", IsAboutStaff: false, times => Kept.Months(times.SessionMonths), "kept_picture"),
        new("told", IsAboutStaff: false, times => Kept.Days(times.WebhookDays), "webhook_delivery"),
        new("answered", IsAboutStaff: false, times => Kept.Hours(times.AnswerHours), "kept_answer"),
        new("audit", IsAboutStaff: false, _ => new Kept("privacy.kept.audit", 0), "audit_event"),
        new("account", IsAboutStaff: true, _ => new Kept("privacy.kept.work", 0), "account", "account_role", "recovery_code", "account_link", "technician_key", "denied_technician", "api_token", "webhook", "passkey", "provider_subject", "wrong_code_pause", "terms_publication", "terms_draft"),
        new("sign-in", IsAboutStaff: true, times => Kept.Hours(times.SignInHours), "sign_in", "sign_in_failure", "passkey_ceremony", "provider_journey"),
        new("addresses", IsAboutStaff: true, times => Kept.Hours(times.SignInHours), "wrong_code"),
    ];

    /// <summary>Tables that hold nothing about a person.</summary>
    internal static readonly IReadOnlyList<string> NotAboutPeople = ["organization", "terms_text", "help_text", "organization_logo", "identity_provider", "audit_head", "audit_checkpoint", "records_settings", "note_template", "pictures_key", "wrong_code_stop"];
}
