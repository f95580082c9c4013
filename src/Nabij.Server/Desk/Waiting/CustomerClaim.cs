namespace Nabij.Server.Desk.Waiting;

/// <summary>One technician's word to colleagues: I take this customer. <paramref name="Name"/> is what colleagues call the technician.</summary>
internal sealed record CustomerClaim(Guid Technician, string Name, DateTimeOffset At);
