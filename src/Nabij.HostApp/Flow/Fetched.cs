using System.Globalization;

namespace Nabij.HostApp.Flow;

/// <summary>What the server gave: a value, or the problem in its way and, for that of the clock, what both clocks say.</summary>
internal sealed record Fetched<T>(T? Value, Problem Problem = Problem.Other, Clocks Clocks = default)
    where T : class;

/// <summary>This computer's time and the server's.</summary>
internal readonly record struct Clocks(DateTimeOffset Local, DateTimeOffset Server)
{
    /// <summary>From here on a clock is called wrong.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public bool Differ => (Local - Server).Duration() >= Tolerance;

    /// <summary>Fills both in as the customer's own wall clock would show them.</summary>
    public Phrases Fill(Phrases phrases) => phrases.With("local", Shown(Local)).With("server", Shown(Server.ToOffset(Local.Offset)));

    private static string Shown(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
