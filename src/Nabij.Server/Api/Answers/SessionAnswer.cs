namespace Nabij.Server.Api.Answers;

/// <summary>One run of one person with one customer, as <c>/api/v1/sessions</c> tells it. What people typed is text. docs/api/openapi.json says what each member is.</summary>
public sealed record SessionAnswer(
    string Id, string State, string CustomerName, string Language, string Platform, string Program, TechnicianAnswer Technician,
    DateTimeOffset PairedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, long? Seconds,
    long BytesFromCustomer, long BytesToCustomer, string? EndReason, string? Outcome, string Consent,
    string Role, string? JoinedSession);
