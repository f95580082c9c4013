using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Webhooks;

/// <summary>Tells webhooks of a customer who is new in the waiting room. A customer who comes back under a lease is not new.</summary>
internal sealed partial class WaitingTold(DatabaseSource source, WebhookOutbox outbox, IDirectory directory, ILogger<WaitingTold> logger)
{
    /// <summary>A customer waits even when this cannot be written down.</summary>
    internal async Task TellAsync(Guid organization, WaitingCustomer customer, CancellationToken cancellation)
    {
        try
        {
            await using var database = source.Open(organization);
            var waiting = await directory.ListAsync(organization, cancellation);
            await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
            var news = new WaitingNews(customer.Person.Language, customer.Person.Platform, customer.Since, waiting.Count);
            await outbox.AddAsync(database, new Happening(WebhookEvents.CustomerWaiting, ""), (news, WebhookJson.Default.WebhookBodyWaitingNews), cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            LogUntold(problem.ForOperator);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Webhooks were not told of a waiting customer: {Explanation}")]
    private partial void LogUntold(string explanation);
}
