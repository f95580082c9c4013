namespace Nabij.Server.Audit;

/// <summary>
/// Who did what to what, and how it ended. Never content: no code, ticket, password, key, typed text or file.
/// </summary>
/// <param name="Actor">An account's id, "token" and a token's id, "customer", "relative", "visitor", "system" or "command".</param>
/// <param name="Action">A fixed word with a dot, such as "sign-in.failed".</param>
/// <param name="Object">What was acted on, such as an account's or a session's id; may be empty.</param>
/// <param name="Outcome">"done", "refused" or "failed".</param>
/// <param name="Details">At most 1,000 characters; control and direction characters are escaped.</param>
internal sealed record AuditEntry(string Actor, string Action, string Object, string Outcome, string Details = "")
{
    internal const string Done = "done", Refused = "refused", Failed = "failed";
}
