namespace Nabij.Server.Webhooks;

/// <summary>What a webhook can tell, by the names in its messages (docs/api/README.md).</summary>
internal static class WebhookEvents
{
    internal const string SessionStarted = "session.started", SessionEnded = "session.ended", CallbackAsked = "callback.asked", CustomerWaiting = "customer.waiting";

    /// <summary>Sent on request only, whatever events are chosen.</summary>
    internal const string Test = "test";

    internal static readonly IReadOnlyList<string> All = [SessionStarted, SessionEnded, CallbackAsked, CustomerWaiting];
}
