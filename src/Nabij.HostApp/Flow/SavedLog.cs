using System.Globalization;
using System.Net;
using System.Text;
using Nabij.HostApp.Texts;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Log;

namespace Nabij.HostApp.Flow;

/// <summary>
/// The log of a session as the customer keeps it (docs/protocol/10-customer-log.md, "File"): one page that needs nothing
/// else, in the customer's words, with the signed block behind them. Every text from elsewhere is plain text in it.
/// </summary>
internal static class SavedLog
{
    private const string Style =
        "body{font:1.1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}"
        + "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #ccc}"
        + "th{width:14rem;font-weight:600}td{overflow-wrap:anywhere}@media(max-width:40rem){th,td{display:block;width:auto}th{border:0;padding-bottom:0}}pre{font-size:.75rem;overflow:auto;background:#f3f3f3;padding:1rem}";

    private static readonly (Permissions Bits, string Key)[] Steps =
    [
        (Permissions.View, "look"), (Permissions.Draw, "point"), (Permissions.Pointer | Permissions.Keyboard, "control"),
        (Permissions.ClipboardToHost, "clipboard-to"), (Permissions.ClipboardFromHost, "clipboard-from"),
        (Permissions.FilesToHost, "files-to"), (Permissions.FilesFromHost, "files-from"), (Permissions.Chat, "chat"),
        (Permissions.SystemInformation, "system"),
    ];

    /// <summary>A name for the file, such as <c>help-2026-11-22-1530.html</c>.</summary>
    public static string NameFor(CustomerLog log, Phrases phrases) =>
        phrases.With("moment", Local(log.Opening.Time).ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture))["saved.name"];

    /// <summary>The page, in UTF-8.</summary>
    public static byte[] Page(CustomerLog log, Phrases phrases)
    {
        var opening = log.Opening;
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"").Append(Text(phrases.Wording.Language)).Append("\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>")
            .Append(Text(phrases["saved.title"])).Append("</title>\n<style>").Append(Style).Append("</style>\n");
        page.Append("<h1>").Append(Text(phrases["saved.title"])).Append("</h1>\n<p>").Append(Text(phrases["saved.about"])).Append("</p>\n<table>\n");
        foreach (var (key, value) in Facts(opening, phrases)) Row(page, phrases[key], value);
        page.Append("</table>\n<h2>").Append(Text(phrases["saved.happened"])).Append("</h2>\n<table>\n");
        var entries = log.Entries;
        foreach (var entry in entries) Row(page, Clock(entry.Time), Attributed(entry, entries, opening, phrases));
        page.Append("</table>\n");
        if (LogShares.FullIn(log.Entries).Count > 0) page.Append("<p>").Append(Text(phrases["saved.full"])).Append("</p>\n");
        page.Append("<h2>").Append(Text(phrases["saved.advice"])).Append("</h2>\n<p>").Append(Text(phrases["end.advice"])).Append("</p>\n<p>")
            .Append(Text(phrases.ReportAbuse())).Append("</p>\n");
        page.Append("<h2>").Append(Text(phrases["saved.proof"])).Append("</h2>\n<p>").Append(Text(phrases["saved.proof.about"])).Append("</p>\n<p>").Append(Text(Witnessed(log, phrases))).Append("</p>\n<pre>\n")
            .Append(LogCheck.Armor(log.Block())).Append("</pre>\n</html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static IEnumerable<(string Key, string Value)> Facts(LogOpening opening, Phrases phrases)
    {
        var consent = opening.Consent;
        yield return ("saved.shop", phrases["saved.shop.value"]);
        yield return ("saved.technician", PeerText.Name(opening.Certificate.DisplayName));
        yield return ("saved.began", Clock(opening.Time));
        yield return ("saved.check", opening.CheckNumber);
        yield return ("saved.session", Convert.ToHexStringLower(opening.SessionId.Span));
        yield return ("saved.terms", phrases.With("version", consent.TermsVersion).With("moment", Clock(consent.Time))["saved.terms.value"]);
        yield return ("saved.terms.hash", Convert.ToHexStringLower(consent.TermsHash.Span));
        yield return ("saved.licence.hash", Convert.ToHexStringLower(consent.LicenceHash.Span));
        yield return ("saved.receipt", opening.Receipt is { } receipt
            ? phrases.With("moment", Clock(receipt.Time)).With("session", Convert.ToHexStringLower(receipt.Session.Span))["saved.receipt.value"]
            : phrases["saved.receipt.none"]);
        yield return ("saved.backup", phrases["saved.backup." + consent.Backup.ToString().ToLowerInvariant()]);
    }

    // With several people, whose doing it was, or whom it concerns.
    private static string Attributed(LogEntry entry, IReadOnlyList<LogEntry> entries, LogOpening opening, Phrases phrases)
    {
        var words = Words(entry, phrases);
        if (entry.Person == 0 || entries.All(one => one.Person <= HostSession.FirstPerson)) return words;
        var name = entry.Person == HostSession.FirstPerson
            ? opening.Certificate.DisplayName
            : entries.LastOrDefault(one => one.Kind == LogEntryKind.Joined && one.Person == entry.Person)?.Joined.Name;
        // Who came with a code and was not let in is nobody whom the log knows, and certainly not one of the others.
        var who = name is null ? phrases["saved.stranger"] : PeerText.Name(name);
        return phrases.With("who", who).With("event", words)["saved.by"];
    }

    private static string Words(LogEntry entry, Phrases phrases)
    {
        return entry.Kind switch
        {
            LogEntryKind.Allowed => About("saved.allowed"),
            LogEntryKind.TakenBack => About("saved.taken-back"),
            LogEntryKind.NotAllowed => About("saved.not-allowed"),
            LogEntryKind.Stopped => phrases["saved.held." + entry.StopReason.ToString().ToLowerInvariant()],
            LogEntryKind.WentOn => phrases["saved.went-on"],
            LogEntryKind.Displays => phrases.With("count", entry.DisplayCount)["saved.displays"],
            LogEntryKind.Refused => phrases["saved.refused"],
            LogEntryKind.FileReceived => AboutFile("saved.file-received"),
            LogEntryKind.FileSent => AboutFile("saved.file-sent"),
            LogEntryKind.ClipboardPlaced => phrases.With("size", Amount(entry.ClipboardBytes, phrases))["saved.clipboard-placed"],
            LogEntryKind.ClipboardGiven => phrases.With("size", Amount(entry.ClipboardBytes, phrases))["saved.clipboard-given"],
            LogEntryKind.Joined => phrases[entry.Joined.Role == Protocol.People.ParticipantRole.Relative ? "saved.joined.relative" : "saved.joined"],
            LogEntryKind.Left => phrases["saved.left"],
            LogEntryKind.FactsGiven => phrases.With("count", entry.FactCount)["saved.facts"],
            LogEntryKind.PictureKept => phrases.With("number", entry.Picture.ToString("N"))["saved.picture-kept"],
            LogEntryKind.Lost => phrases["saved.lost"],
            LogEntryKind.Resumed => entry.Permissions == Permissions.None ? phrases["saved.resumed"] : About("saved.resumed.less"),
            _ => phrases["saved.ended." + (entry.Reason?.ToString().ToLowerInvariant() ?? "lost")],
        };

        string About(string key) => phrases.With("list", List(entry.Permissions, phrases))[key];

        string AboutFile(string key)
        {
            var file = entry.File;
            var named = phrases.With("name", PeerText.FileName(file.Name)).With("size", Amount(file.Size, phrases));
            return file.Reason is { } reason
                ? named.With("why", phrases["saved.why." + reason.ToString().ToLowerInvariant()])[key + ".not"]
                : named.With("hash", Convert.ToHexStringLower(file.Hash.Span))[key];
        }
    }

    private static string Amount(long bytes, Phrases phrases) =>
        bytes.ToString("N0", new NumberFormatInfo { NumberGroupSeparator = phrases["saved.thousands"] });

    private static string Witnessed(CustomerLog log, Phrases phrases)
    {
        if (log.Countersigned is not [.., var last]) return phrases["saved.witness.none"];
        var entries = log.Entries;
        return last == entries.Count ? phrases["saved.witness.end"] : phrases.With("moment", Clock(entries[(int)last - 1].Time))["saved.witness.until"];
    }

    private static string List(Permissions permissions, Phrases phrases) =>
        string.Join(", ", Steps.Where(step => (permissions & step.Bits) != 0).Select(step => phrases["saved.step." + step.Key]));

    private static void Row(StringBuilder page, string head, string value) =>
        page.Append("<tr><th scope=\"row\">").Append(Text(head)).Append("</th><td>").Append(Text(value)).Append("</td></tr>\n");

    private static string Clock(ulong seconds) => Local(seconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static DateTimeOffset Local(ulong seconds) => DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(seconds, LatestSecond)).ToLocalTime();

    private const ulong LatestSecond = 253_402_214_400; // the last day of the year 9999, in every zone

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
