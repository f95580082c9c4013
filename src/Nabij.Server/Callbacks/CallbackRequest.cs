using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Callbacks;

/// <summary>A customer who asked to be called back. Deleted after the organization's time (Organizations/RetentionTimes.cs).</summary>
internal sealed class CallbackRequest
{
    public required Guid OrganizationId { get; init; }

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>May be empty when there is an e-mail address.</summary>
    public required string Phone { get; init; }

    public required string Email { get; init; }

    public required string Problem { get; init; }

    public required string Language { get; init; }

    /// <summary>The sentence that the customer agreed to, as it stood on the page.</summary>
    public required string Consent { get; init; }

    /// <summary>Four digits that the customer was shown: who calls says them, so that nobody else can pose as the shop.</summary>
    public required string CheckNumber { get; init; }

    /// <summary>A name of <see cref="CallbackState"/>.</summary>
    public required string State { get; set; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Who took it or has done it, as the audit log names people and programs; empty while it is open.</summary>
    public string HandledBy { get; set; } = "";

    public string HandledByName { get; set; } = "";

    public DateTimeOffset? HandledAt { get; set; }

    /// <summary>Whether a colleague has it, so that marking it as <paramref name="state"/> would get in the way. What is done may be opened again by anybody.</summary>
    internal bool IsOthers(string actor, string state) =>
        HandledBy != actor && (State == CallbackState.Taken || (State == CallbackState.Done && state != CallbackState.Open));

    internal sealed class Mapping : IEntityTypeConfiguration<CallbackRequest>
    {
        public void Configure(EntityTypeBuilder<CallbackRequest> builder) => builder.ToTable("callback_request").HasKey(row => new { row.OrganizationId, row.Id });
    }
}

/// <summary>How far a request is.</summary>
internal static class CallbackState
{
    internal const string Open = "open", Taken = "taken", Done = "done";

    internal static bool IsKnown(string? state) => state is Open or Taken or Done;
}
