namespace Nabij.Server.Api.Answers;

/// <summary>Counts over whole days in the organization's zone, the last one included. docs/api/openapi.json says what each member is.</summary>
public sealed record StatisticsAnswer(
    DateOnly From, DateOnly Until, string TimeZone, int Sessions, int Failed, long Seconds,
    IReadOnlyList<TechnicianCount> Technicians, IReadOnlyList<DayCount> Days);
