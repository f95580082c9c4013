using System.Globalization;
using Nabij.Server.Commands;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// The limits of security.md 5.5 and 3.1, every one a setting: <c>--limit name=value,name=value</c>, or the section
/// `Limits` of the settings. Read and checked once, before anything listens. They hold for every address, loopback included.
/// </summary>
internal sealed class Limits
{
    private const string Section = "Limits";

    private readonly List<(string Name, long Normal, long Lowest, long Highest)> _table = [];
    private readonly Dictionary<string, long> _given = new(StringComparer.Ordinal);

    /// <param name="text">Assignments separated by commas or semicolons; may be empty.</param>
    /// <exception cref="OperatorException">An unknown name, a value that is no number, or one outside its range.</exception>
    internal Limits(string text)
    {
        foreach (var assignment in text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Add(assignment);

        RegistrationsPerMinute = Take("registrations-per-minute", 6, 1, 1_000_000);
        RegistrationsPerHour = Take("registrations-per-hour", 30, 1, 1_000_000);
        RegistrationsPerDay = Take("registrations-per-day", 60, 1, 1_000_000);
        WaitingPerAddress = Take("waiting-per-address", 5, 1, 2_800);
        SocketsPerAddress = Take("sockets-per-address", 20, 1, 100_000);
        FirstMessage = TimeSpan.FromSeconds(Take("first-message-seconds", 10, 1, 60));
        Ping = TimeSpan.FromSeconds(Take("ping-seconds", 25, 1, 300));
        WrongCodesPerTenMinutes = Take("wrong-codes-per-ten-minutes", 5, 1, 1_000);
        WrongCodesPerDay = Take("wrong-codes-per-day", 10, 1, 1_000);
        WrongCodePause = TimeSpan.FromSeconds(Take("wrong-code-pause-seconds", 900, 1, 86_400));
        WrongCodeAlarm = Take("wrong-codes-alarm-per-day", 50, 1, 100_000);
        WrongCodesPerAddress = Take("wrong-codes-per-address-per-day", 20, 1, 1_000);
        WrongCodeStop = Take("wrong-codes-stop-per-day", 200, 1, 100_000);
        RelayBitsPerSecond = TakeLong("relay-bits-per-second", 50_000_000, 64_000, 100_000_000_000);
        RelayBurstBits = TakeLong("relay-burst-bits", 200_000_000, 1_048_576, 100_000_000_000);
        RelayOrganizationBitsPerSecond = TakeLong("relay-organization-bits-per-second", 1_000_000_000, 1_048_576, 100_000_000_000);
        RelaySessionBytes = TakeLong("relay-session-bytes", 20_000_000_000, 1_000_000, 1_000_000_000_000_000);
        RelayStall = TimeSpan.FromSeconds(Take("relay-stall-seconds", 30, 1, 600));
        ResumesPerMinute = Take("resumes-per-minute", 120, 1, 1_000_000);
        ResumeWindow = TimeSpan.FromSeconds(Take("resume-seconds", 300, 60, 900));
        EventStreamsPerTechnician = Take("event-streams-per-technician", 8, 1, 1_000);

        if (_given.Count > 0)
            throw OperatorException.Usage($"--limit: there is no limit named \"{_given.Keys.First()}\". docs/operating.md lists them.");
    }

    /// <summary>Every limit with its normal value and its range, as docs/operating.md lists them.</summary>
    internal IReadOnlyList<(string Name, long Normal, long Lowest, long Highest)> Table => _table;

    /// <summary>The command line's limits, then those of the settings that it does not name.</summary>
    internal static Limits Read(string commandLine, IConfiguration settings)
    {
        var named = commandLine.Split([',', ';', '='], StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
        var others = settings.GetSection(Section).GetChildren().Where(one => !named.Contains(one.Key)).Select(one => $"{one.Key}={one.Value}");
        return new Limits(string.Join(',', others.Prepend(commandLine)));
    }

    internal int RegistrationsPerMinute { get; }

    internal int RegistrationsPerHour { get; }

    internal int RegistrationsPerDay { get; }

    /// <summary>Programs of one address that may wait at once.</summary>
    internal int WaitingPerAddress { get; }

    /// <summary>Sockets of one address that no signed-in technician stands behind.</summary>
    internal int SocketsPerAddress { get; }

    /// <summary>Time for REGISTER or JOIN after the socket opened.</summary>
    internal TimeSpan FirstMessage { get; }

    /// <summary>Time between WebSocket pings.</summary>
    internal TimeSpan Ping { get; }

    internal int WrongCodesPerTenMinutes { get; }

    /// <summary>Wrong codes of one account in a day after which it is locked until an administrator acts.</summary>
    internal int WrongCodesPerDay { get; }

    internal TimeSpan WrongCodePause { get; }

    /// <summary>Wrong codes of a whole organization in a day that are written into audit log and log as an alarm.</summary>
    internal int WrongCodeAlarm { get; }

    /// <summary>Wrong codes from one network address in a day, whoever typed them.</summary>
    internal int WrongCodesPerAddress { get; }

    /// <summary>Wrong codes of a whole organization in a day after which nobody of it joins until an administrator acts.</summary>
    internal int WrongCodeStop { get; }

    /// <summary>One direction of a session, over time.</summary>
    internal long RelayBitsPerSecond { get; }

    /// <summary>What one direction may carry at once after a quiet time.</summary>
    internal long RelayBurstBits { get; }

    /// <summary>One direction of all sessions of one organization together, over time; as much again at once after a quiet second.</summary>
    internal long RelayOrganizationBitsPerSecond { get; }

    /// <summary>Both directions of one session together, from pairing to end.</summary>
    internal long RelaySessionBytes { get; }

    /// <summary>How long one side may take nothing before the session ends.</summary>
    internal TimeSpan RelayStall { get; }

    /// <summary>Tries of one address in a minute to come back to a session.</summary>
    internal int ResumesPerMinute { get; }

    /// <summary>How long after a lost connection both sides may come back.</summary>
    internal TimeSpan ResumeWindow { get; }

    internal int EventStreamsPerTechnician { get; }

    private void Add(string assignment)
    {
        var parts = assignment.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            throw OperatorException.Usage($"--limit {assignment} is not understood. Write name=number, for example registrations-per-minute=6.");
        if (!_given.TryAdd(parts[0], value))
            throw OperatorException.Usage($"--limit {parts[0]} is given twice; give it once.");
    }

    private int Take(string name, int normal, int lowest, int highest) => (int)TakeLong(name, normal, lowest, highest);

    private long TakeLong(string name, long normal, long lowest, long highest)
    {
        _table.Add((name, normal, lowest, highest));
        if (!_given.Remove(name, out var value))
            return normal;
        if (value < lowest || value > highest)
            throw OperatorException.Usage(string.Create(CultureInfo.InvariantCulture, $"--limit {name}={value} is out of range: it may be {lowest} to {highest}."));
        return value;
    }
}
