using Nabij.Server.Storage;

namespace Nabij.Server.Webhooks;

/// <summary>Tells webhooks of a request to call back, in the transaction that stores it.</summary>
internal static class CallbackTold
{
    internal static Task TellCallbackAsync(this WebhookOutbox outbox, ServerDatabase database, (Guid Id, DateTimeOffset AskedAt) callback, CancellationToken cancellation) => outbox.AddAsync(
        database, new Happening(WebhookEvents.CallbackAsked, callback.Id.ToString()),
        (new CallbackNews(callback.Id, callback.AskedAt), WebhookJson.Default.WebhookBodyCallbackNews), cancellation);
}
