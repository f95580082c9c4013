namespace Nabij.Server.Desk.Notes;

/// <summary>Saves the time worked, in seconds. <paramref name="Corrected"/>: the technician's own figure, or null for as counted.</summary>
public sealed record TimeRequest(long? Counted, long? Corrected);
