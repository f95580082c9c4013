using System.Globalization;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;

namespace Nabij.Server.Records;

/// <summary>A run in the reader's language and the organization's time.</summary>
internal static class SessionWords
{
    /// <summary>The role of a run by which a relative watched; it has no technician of its own.</summary>
    internal const string Relative = "relative";

    internal static SessionRow Row(SessionLine line, (Texts Texts, OrganizationTime Time) reader, IReadOnlyDictionary<Guid, string> names) => new()
    {
        Id = line.Id,
        When = reader.Time.Words(line.Paired),
        Customer = Customer(line, reader.Texts),
        Technician = Who(line, reader.Texts, names),
        Duration = Length(line.Duration),
        End = End(line, reader.Texts),
        Platform = line.Platform,
        BecameSession = line.BeganAt is not null,
    };

    /// <summary>Whose run it is.</summary>
    internal static string Who(SessionLine line, Texts texts, IReadOnlyDictionary<Guid, string> names) =>
        line.Role == Relative ? texts["session.relative"] : names.GetValueOrDefault(line.TechnicianId, "");

    internal static string Customer(SessionLine line, Texts texts) => line switch
    {
        { ErasedAt: not null } => texts["records.erased-name"],
        { CustomerName.Length: 0 } => texts["records.no-name"],
        _ => line.CustomerName,
    };

    internal static string End(SessionLine line, Texts texts) => SessionState.Of(line) switch
    {
        SessionState.Connecting or SessionState.Active => texts["end.running"],
        SessionState.Failed => texts[line.Outcome is { } outcome ? $"outcome.{outcome}" : "end.no-session"],
        SessionState.Watching => texts["end.watching"],
        SessionState.Watched => texts["end.watched"],
        _ => Reason(line, texts),
    };

    private static string Reason(SessionLine line, Texts texts) => line switch
    {
        { EndReason: { } reason } when Texts.English.Keys.Contains($"end.{reason}") => texts[$"end.{reason}"],
        _ => texts["end.connection-lost"],
    };

    /// <summary>Hours, minutes, seconds: 1:05:09; empty for none.</summary>
    internal static string Length(TimeSpan? length) =>
        length is { } time ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}") : "";

    internal static string Bytes(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };
}
