namespace Nabij.Server.Rendezvous;

/// <summary>How many registrations one address may make: in a minute, an hour and a day.</summary>
internal sealed class RegistrationLimit(Limits limits, TimeProvider time)
{
    private readonly AttemptLimit _attempts = new(
        [
            new AttemptWindow(limits.RegistrationsPerMinute, TimeSpan.FromMinutes(1)),
            new AttemptWindow(limits.RegistrationsPerHour, TimeSpan.FromHours(1)),
            new AttemptWindow(limits.RegistrationsPerDay, TimeSpan.FromDays(1)),
        ],
        time);

    internal bool TryCount(string address, out TimeSpan retryAfter) => _attempts.TryCount(address, out retryAfter);
}
