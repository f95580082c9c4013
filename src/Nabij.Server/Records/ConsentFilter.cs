using Nabij.Server.HelpPage;
using Nabij.Server.Organizations;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Records;

/// <summary>Which consents are asked for: given in the program, or on the help page.</summary>
public sealed record ConsentFilter
{
    private const int LongestText = 64;

    public DayRange Days { get; init; } = new();

    /// <summary>On the help page; else in the program.</summary>
    public bool OnPage { get; init; }

    public string Version { get; init; } = "";

    /// <summary>"yes", "no", "help", or empty for all.</summary>
    public string Backup { get; init; } = "";

    public IReadOnlyList<string> Wrong { get; init; } = [];

    public bool IsEmpty => Days.IsEmpty && (Version + Backup).Length == 0;

    internal static ConsentFilter Read(Func<string, string> field)
    {
        var wrong = new List<string>();
        var days = DayRange.Read(field, wrong);
        if (field("where") is not ("" or "page" or "program"))
            wrong.Add("where");
        if (field("backup") is not ("" or "yes" or "no" or "help"))
            wrong.Add("backup");
        if (field("version").Length > LongestText)
            wrong.Add("version");
        return new ConsentFilter
        {
            Days = days,
            OnPage = field("where") == "page",
            Version = wrong.Contains("version") ? "" : field("version").Trim(),
            Backup = wrong.Contains("backup") ? "" : field("backup"),
            Wrong = wrong,
        };
    }

    internal IQueryable<Consent> Of(IQueryable<Consent> rows, OrganizationTime time)
    {
        var (from, until) = Days.Times(time);
        rows = rows.Where(row => row.ReceivedAt >= from && row.ReceivedAt < until);
        if (Version.Length > 0)
            rows = rows.Where(row => row.TermsVersion == Version);
        return Backup.Length > 0 ? rows.Where(row => row.Backup == Backup) : rows;
    }

    internal IQueryable<Acceptance> Of(IQueryable<Acceptance> rows, OrganizationTime time)
    {
        var (from, until) = Days.Times(time);
        rows = rows.Where(row => row.AcceptedAt >= from && row.AcceptedAt < until);
        if (Version.Length > 0)
            rows = rows.Where(row => row.TermsVersion == Version);
        return Backup.Length > 0 ? rows.Where(row => row.Backup == Backup) : rows;
    }
}
