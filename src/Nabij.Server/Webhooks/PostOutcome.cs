namespace Nabij.Server.Webhooks;

/// <summary>How one attempt went.</summary>
/// <param name="Word">One of the words below, as the log keeps it.</param>
/// <param name="Status">HTTP status of the answer; null when there was none.</param>
/// <param name="RetryAfter">How long the receiver asks to wait.</param>
internal sealed record PostOutcome(string Word, int? Status = null, TimeSpan? RetryAfter = null)
{
    internal const string Answered = "status", RefusedAddress = "refused-address", UnknownName = "unknown-name", Unreachable = "unreachable",
        Tls = "tls", Timeout = "timeout", Broken = "broken", Secret = "secret";

    internal static readonly IReadOnlyList<string> Words = [Answered, RefusedAddress, UnknownName, Unreachable, Tls, Timeout, Broken, Secret];

    internal bool IsDelivered => Status is >= 200 and < 300;

    internal bool IsGone => Status == StatusCodes.Status410Gone;
}
