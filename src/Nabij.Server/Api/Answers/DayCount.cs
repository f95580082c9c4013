namespace Nabij.Server.Api.Answers;

/// <summary>The sessions of one day; days without any are there too.</summary>
public sealed record DayCount(DateOnly Day, int Sessions, long Seconds);
