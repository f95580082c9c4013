namespace Nabij.Server.Accounts;

/// <summary>Lifetimes and limits of signing in; settings, checked at start.</summary>
internal sealed class SignInTimes
{
    internal const string Section = "SignIn";

    /// <summary>A running session is noticed as use once a minute.</summary>
    private static readonly TimeSpan ShortestIdle = TimeSpan.FromMinutes(3);

    /// <summary>Without a request for so long, the sign-in is over.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>However busy, a sign-in is over after this.</summary>
    public TimeSpan Absolute { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long the second factor may take after the password.</summary>
    public TimeSpan SecondFactor { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a second factor or a passkey counts for risky acts.</summary>
    public TimeSpan Confirmation { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a browser may take to make or to show a passkey.</summary>
    public TimeSpan PasskeyCeremony { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How long an invitation waits for its person.</summary>
    public TimeSpan Invitation { get; set; } = TimeSpan.FromHours(72);

    /// <summary>How long a link for a new password works.</summary>
    public TimeSpan Reset { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Failures before a pause, per account name and address.</summary>
    public int FailuresBeforePause { get; set; } = 5;

    /// <summary>The first pause, the second, and every later one.</summary>
    public TimeSpan[] Pauses { get; set; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    /// <summary>Failures older than this are forgotten.</summary>
    public TimeSpan FailuresKept { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Whether this sign-in has been idle too long, or is too old.</summary>
    internal bool IsOver(SignIn row, DateTimeOffset now) => now >= row.CreatedAt + Absolute || now >= row.SeenAt + Idle;

    /// <summary>As <see cref="IsOver"/>, for a query: the complete sign-ins that have not run out.</summary>
    internal IQueryable<SignIn> Running(IQueryable<SignIn> rows, DateTimeOffset now)
    {
        var (created, seen) = (now - Absolute, now - Idle);
        return rows.Where(row => row.Stage == SignIn.Complete && row.CreatedAt > created && row.SeenAt > seen);
    }

    internal static bool IsValid(SignInTimes times) =>
        times.Idle >= ShortestIdle && times.Absolute >= times.Idle && times.Absolute <= TimeSpan.FromHours(12) &&
        times.Confirmation > TimeSpan.Zero && times.Confirmation <= TimeSpan.FromHours(1) &&
        times.PasskeyCeremony >= TimeSpan.FromSeconds(10) && times.PasskeyCeremony <= TimeSpan.FromMinutes(10) &&
        times.Invitation > TimeSpan.Zero && times.Invitation <= TimeSpan.FromDays(14) && times.Reset > TimeSpan.Zero && times.Reset <= TimeSpan.FromDays(3) &&
        times.SecondFactor > TimeSpan.Zero && times.SecondFactor <= TimeSpan.FromMinutes(30) &&
        times.FailuresBeforePause is >= 1 and <= 100 && times.Pauses.Length > 0 && times.Pauses.All(pause => pause > TimeSpan.Zero);
}
