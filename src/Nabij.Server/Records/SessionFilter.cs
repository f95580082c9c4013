using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Desk;

namespace Nabij.Server.Records;

/// <summary>
/// Which sessions are asked for, as the form or a call of the API sent it; what a form holds that is not understood is left out
/// and named in <see cref="Wrong"/>. Days are the organization's own.
/// </summary>
public sealed record SessionFilter
{
    /// <summary>Runs that did not become a session.</summary>
    internal const string NoSession = "no-session", Running = "running", Watched = "watched";

    internal const int MostMinutes = 10_000;

    private const int LongestText = 64;

    public DayRange Days { get; init; } = new();

    public Guid? Technician { get; init; }

    /// <summary>A part of the name.</summary>
    public string Customer { get; init; } = "";

    /// <summary>An end reason, <see cref="NoSession"/>, <see cref="Running"/> or, of relatives, <see cref="Watched"/>; empty for all.</summary>
    public string Reason { get; init; } = "";

    /// <summary>One of <see cref="SessionState.All"/>, which the API asks for; empty for all.</summary>
    public string State { get; init; } = "";

    public string Platform { get; init; } = "";

    public int? Shortest { get; init; }

    public int? Longest { get; init; }

    /// <summary>Names of fields that were not understood.</summary>
    public IReadOnlyList<string> Wrong { get; init; } = [];

    /// <summary>Whether anything but the days is asked for.</summary>
    public bool IsEmpty => Days.IsEmpty && Technician is null && Shortest is null && Longest is null && (Customer + Reason + State + Platform).Length == 0;

    internal static IReadOnlyList<string> Reasons { get; } = [.. EndReasons.All, Running, NoSession, Watched];

    internal static SessionFilter Read(Func<string, string> field)
    {
        var wrong = new List<string>();
        var filter = new SessionFilter
        {
            Days = DayRange.Read(field, wrong),
            Technician = Parse<Guid>("technician", text => Guid.TryParse(text, out var id) ? id : null),
            Customer = Text("customer"),
            Reason = field("reason") is { Length: > 0 } reason && Reasons.Contains(reason) ? reason : Unknown("reason"),
            Platform = Text("platform"),
            Shortest = Parse<int>("shortest", Minutes),
            Longest = Parse<int>("longest", Minutes),
        };
        return filter with { Wrong = wrong };

        string Text(string name) => field(name).Trim() is { Length: <= LongestText } text ? text : Unknown(name);

        string Unknown(string name)
        {
            if (field(name).Length > 0)
                wrong.Add(name);
            return "";
        }

        T? Parse<T>(string name, Func<string, T?> parse)
            where T : struct
        {
            var value = parse(field(name).Trim());
            if (value is null && field(name).Trim().Length > 0)
                wrong.Add(name);
            return value;
        }
    }

    private static int? Minutes(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes <= MostMinutes ? minutes : null;

    /// <param name="lines">Those that may be seen.</param>
    /// <param name="times">Milliseconds since 1970: from, and before.</param>
    internal IQueryable<SessionLine> Of(IQueryable<SessionLine> lines, (long From, long Until) times)
    {
        if (Technician is { } technician)
            lines = TakenPartIn(lines, technician);
        var (from, until) = times;
        lines = lines.Where(row => row.PairedAt >= from && row.PairedAt < until);
        if (State.Length > 0)
            lines = SessionState.In(lines, State);
        if (Platform.Length > 0)
            lines = lines.Where(row => row.Platform == Platform);
        if (Customer.Length > 0)
            lines = TextSearch.Named(lines, Customer);
        return ByLength(ByReason(lines));
    }

    /// <summary>A session of several people once, as the run of its first technician; where relatives' own runs are asked for, those.</summary>
    internal IQueryable<SessionLine> WholeOf(IQueryable<SessionLine> lines) =>
        Reason == Watched || State is SessionState.Watching or SessionState.Watched ? lines : lines.Where(row => row.ParentId == null);

    /// <summary>The technician's own runs, and the first runs of the sessions that he or she joined.</summary>
    private static IQueryable<SessionLine> TakenPartIn(IQueryable<SessionLine> lines, Guid technician)
    {
        var all = lines;
        return lines.Where(row => row.Role != SessionWords.Relative
            && (row.TechnicianId == technician || all.Any(part => part.ParentId == row.Id && part.TechnicianId == technician && part.Role != SessionWords.Relative)));
    }

    private IQueryable<SessionLine> ByReason(IQueryable<SessionLine> lines) => Reason switch
    {
        "" => lines,
        NoSession => SessionState.In(lines, SessionState.Failed),
        Watched => SessionState.In(lines, SessionState.Watched),
        Running => lines.Where(row => row.EndedAt == null && row.Outcome == null),
        _ => lines.Where(row => row.EndReason == Reason && row.StartedAt != null),
    };

    private IQueryable<SessionLine> ByLength(IQueryable<SessionLine> lines)
    {
        const long minute = 60_000;
        if (Shortest is { } shortest)
            lines = lines.Where(row => row.EndedAt - (row.Role == SessionWords.Relative && row.Outcome == null ? row.PairedAt : row.StartedAt) >= shortest * minute);
        if (Longest is { } longest)
            lines = lines.Where(row => row.EndedAt - (row.Role == SessionWords.Relative && row.Outcome == null ? row.PairedAt : row.StartedAt) <= longest * minute);
        return lines;
    }
}
