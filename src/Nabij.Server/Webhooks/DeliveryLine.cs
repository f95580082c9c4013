namespace Nabij.Server.Webhooks;

/// <summary>One message in the log.</summary>
public sealed record DeliveryLine
{
    public required Guid Id { get; init; }

    public required string Event { get; init; }

    public required string Time { get; init; }

    /// <summary>"waiting", "delivered", "failed" or "dropped".</summary>
    public required string State { get; init; }

    /// <summary>Empty when it is finished.</summary>
    public required string NextAt { get; init; }

    public required int Attempts { get; init; }

    /// <summary>A word of <see cref="PostOutcome"/>; empty when nothing was tried.</summary>
    public required string Outcome { get; init; }

    public required int? Status { get; init; }

    public required string Body { get; init; }

    public required bool MayResend { get; init; }
}
