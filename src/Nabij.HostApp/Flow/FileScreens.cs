using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;
using Nabij.HostCore.Files;

namespace Nabij.HostApp.Flow;

/// <summary>The windows of files: what comes, what goes, and how far it is. Pure: phrases and a state in, a value out.</summary>
internal static class FileScreens
{
    /// <summary>So many files get a line with their progress; the rest is a number.</summary>
    public const int MostMeters = 8;

    /// <summary>So many names are listed; the rest is a number.</summary>
    public const int MostNames = 200;

    // As for the permission itself: long enough to read the names once more.
    private static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(5);

    /// <summary>The technician offers these; one answer for all of them.</summary>
    public static Screen Offer(Phrases phrases, IReadOnlyList<FileOnItsWay> files)
    {
        var runsCode = files.Any(one => one.RunsCode);
        var counted = Counted(phrases, files.Count, files.Sum(one => one.Size));
        return new Screen(
            runsCode ? "offer-code" : "offer",
            phrases.Title,
            [
                .. phrases.Strips(),
                new Words("heading", counted[files.Count == 1 ? "offer.heading.one" : "offer.heading"], WordsRole.Heading),
                // Above the names, so that it is seen in large type too.
                .. runsCode ? [new Words("warning", phrases["offer.warning"], WordsRole.Warning)] : Array.Empty<Part>(),
                new Document("names", phrases["files.names"], Names(phrases, files)),
                new Words("body", counted["offer.body"]),
            ],
            [
                new Press("never", phrases["offer.never"]),
                new Press("no", phrases["offer.no"]),
                new Press("yes", phrases["offer.yes"], PressWeight.Primary) { Guarded = true },
            ])
        {
            CoolDown = runsCode ? CoolDown : null,
        };
    }

    /// <summary>The technician asks for a file, in words that only say what to look for.</summary>
    public static Screen Request(Phrases phrases, string what) => new(
        "request",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["request.heading"], WordsRole.Heading),
            .. what.Length == 0
                ? Array.Empty<Part>()
                : [new Document("what", phrases["request.what"], [new Paragraph(phrases["request.what"], ParagraphRole.Speaker), new Paragraph(what)])],
            new Words("body", phrases["request.body"]),
        ],
        [
            new Press("no", phrases["request.no"]),
            new Press("pick-folder", phrases["send.folder"]),
            new Press("pick", phrases["send.files"], PressWeight.Primary),
        ]);

    /// <summary>The last look at what the customer picked or dropped, before it goes.</summary>
    public static Screen Send(Phrases phrases, IReadOnlyList<string> paths) => new(
        "send",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["send.heading"], WordsRole.Heading),
            new Document("names", phrases["files.names"], [.. paths.Take(MostNames).Select(path => new Paragraph(PeerText.ShortFileName(NameOf(path)), ParagraphRole.Item))]),
            new Words("body", phrases["send.body"]),
        ],
        [
            new Press("no", phrases["send.no"]),
            new Press("yes", phrases["send.yes"], PressWeight.Primary) { Guarded = true },
        ]);

    /// <summary>Everything that is, was and will be copied.</summary>
    /// <param name="phrases">The texts, with the technician's name filled in.</param>
    /// <param name="view">What there is to show.</param>
    public static Screen Files(Phrases phrases, FilesView view)
    {
        var moving = view.Now.InFlight.ToList();
        var over = view.Now.Files.Where(one => !one.IsUnfinished).ToList();
        return new Screen(
            "files",
            phrases.Title,
            [
                .. phrases.Strips(),
                new Words("heading", phrases["files.heading"], WordsRole.Heading),
                .. moving.Count + over.Count == 0 ? [new Words("empty", phrases["files.empty"])] : Array.Empty<Part>(),
                .. moving.Take(MostMeters).Select(one => Meter(phrases, one, view.Speeds, withPresses: true)),
                .. More(phrases, moving.Count - MostMeters),
                .. over.Count == 0 ? Array.Empty<Part>() : [new Document("over", phrases["files.over"], Ended(phrases, over))],
                .. view.Now.LeftOut == 0 ? Array.Empty<Part>() : [new Words("left-out", phrases.With("count", view.Now.LeftOut)["files.left-out"], WordsRole.Warning)],
                .. view.MaySend ? [new Words("drop", phrases["files.drop"], WordsRole.Small)] : Array.Empty<Part>(),
            ],
            [
                .. over.Any(one => one is { Way: FileWay.ToHost, Stand: FileStand.Arrived }) ? [new Press("folder", phrases["files.folder"])] : Array.Empty<Press>(),
                .. view.MaySend ? [new Press("pick-folder", phrases["send.folder"]), new Press("pick", phrases["send.files"])] : Array.Empty<Press>(),
                new Press("close", phrases["press.close"], PressWeight.Primary),
            ])
        {
            TakesFiles = view.MaySend,
        };
    }

    /// <summary>The lines of what Stop would break off, for its window.</summary>
    /// <param name="phrases">The texts.</param>
    /// <param name="view">What there is to show.</param>
    /// <param name="isMoving">False while everything stands still.</param>
    public static IEnumerable<Part> InFlight(Phrases phrases, FilesView view, bool isMoving)
    {
        var moving = view.Now.InFlight.ToList();
        return [.. moving.Take(MostMeters).Select(one => Meter(phrases, one, isMoving ? view.Speeds : null, withPresses: false)), .. More(phrases, moving.Count - MostMeters)];
    }

    /// <summary>What arrived and what did not, for the last screen; empty when nothing was copied.</summary>
    public static IReadOnlyList<Part> Last(Phrases phrases, FilesNow now)
    {
        if (now.Files.Count == 0)
            return [];
        var last = now.Files.Where(one => one.Stand != FileStand.Asked)
            .Select(one => one.IsInFlight ? one with { Stand = FileStand.Failed, Reason = Protocol.Files.TransferReason.NotAllowed } : one).ToList();
        if (last.Count == 0)
            return [];
        var lost = last.Count(one => one.Stand == FileStand.Failed);
        return
        [
            .. lost == 0 ? Array.Empty<Part>() : [new Words("lost", phrases.With("count", lost)[lost == 1 ? "end.files.lost.one" : "end.files.lost"], WordsRole.Warning)],
            new Document("files", phrases["files.over"], Ended(phrases, last)),
            .. now.Folder is { } folder && last.Any(one => one is { Way: FileWay.ToHost, Stand: FileStand.Arrived })
                ? [new Words("folder", phrases.With("folder", folder)["end.files.folder"])]
                : Array.Empty<Part>(),
        ];
    }

    private static Phrases Counted(Phrases phrases, int count, long size) =>
        phrases.With("count", count).With("size", FileWords.Size(size, phrases));

    private static List<Paragraph> Names(Phrases phrases, IReadOnlyList<FileOnItsWay> files)
    {
        List<Paragraph> names =
        [
            .. files.Take(MostNames).Select(one => new Paragraph(
                phrases.With("name", FileWords.PathOf(one)).With("size", FileWords.Size(one.Size, phrases))[one.RunsCode ? "files.name.code" : "files.name"],
                ParagraphRole.Item)),
        ];
        if (files.Count > MostNames)
            names.Add(new Paragraph(phrases.With("count", files.Count - MostNames)["files.more"]));
        return names;
    }

    private static Words[] More(Phrases phrases, int count) =>
        count <= 0 ? [] : [new Words("more", phrases.With("count", count)["files.more"], WordsRole.Small)];

    private static Meter Meter(Phrases phrases, FileOnItsWay file, FileSpeeds? speeds, bool withPresses)
    {
        var id = FileParts.IdOf(file);
        var named = phrases.With("name", FileWords.NameOf(file));
        return new Meter(id, Progress(named, file, speeds), file.Size == 0 ? 0 : (double)file.Moved / file.Size, withPresses
            ? new Press(FileParts.CancelOf(file), phrases["file.cancel"]) { Name = named["file.cancel.name"] }
            : null)
        {
            Hold = !withPresses ? null
                : file.IsHeldHere ? new Press(FileParts.GoOnOf(file), phrases["file.go-on"]) { Name = named["file.go-on.name"] }
                : new Press(FileParts.HoldOf(file), phrases["file.hold"]) { Name = named["file.hold.name"] },
        };
    }

    private static string Progress(Phrases phrases, FileOnItsWay file, FileSpeeds? speeds)
    {
        var filled = phrases.With("moved", FileWords.Size(file.Moved, phrases)).With("size", FileWords.Size(file.Size, phrases));
        var way = FileWords.WayOf(file);
        if (file.IsHeldHere)
            return filled[$"file.{way}.held-here"];
        if (file.IsHeldThere)
            return filled[$"file.{way}.held-there"];
        if (file.Stand == FileStand.Waiting)
            return filled[$"file.{way}.waiting"];
        return speeds?.Of(file) is var (rate, left)
            ? filled.With("speed", FileWords.Size(rate, phrases)).With("left", FileWords.Left(left, phrases))[$"file.{way}.copying"]
            : filled[$"file.{way}.begun"];
    }

    private static List<Paragraph> Ended(Phrases phrases, List<FileOnItsWay> files)
    {
        List<Paragraph> lines = [];
        // The newest first: that is what somebody looks for.
        foreach (var file in files.AsEnumerable().Reverse().Take(MostNames))
        {
            var named = phrases.With("name", FileWords.NameOf(file)).With("size", FileWords.Size(file.Size, phrases));
            lines.Add(new Paragraph(
                file.Stand == FileStand.Arrived
                    ? named[$"file.{FileWords.WayOf(file)}.arrived"]
                    : named.With("reason", FileWords.Reason(file, phrases))[$"file.{FileWords.WayOf(file)}.failed"],
                ParagraphRole.Item));
        }

        if (files.Count > MostNames)
            lines.Add(new Paragraph(phrases.With("count", files.Count - MostNames)["files.more"]));
        return lines;
    }

    private static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
