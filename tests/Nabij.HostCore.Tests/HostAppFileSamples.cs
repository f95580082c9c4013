using Nabij.HostApp.Flow;
using Nabij.HostApp.Screens;
using Nabij.HostCore.Files;
using Nabij.HostCore.Session;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Tests;

/// <summary>The windows of files with sample values.</summary>
internal static class HostAppFileSamples
{
    public static IEnumerable<(string Name, Screen Screen)> All(Phrases phrases)
    {
        FileOnItsWay[] offered = [New(1, "Handleiding printer.pdf", 2_450_000), New(3, "voorbeeld.txt", 812)];
        yield return ("offer", FileScreens.Offer(phrases, offered));
        yield return ("offer-code", FileScreens.Offer(phrases, [.. offered, New(5, "printerstuurprogramma.deb", 48_300_000)]));
        yield return ("request", FileScreens.Request(phrases, "De foto van de foutmelding, hij staat op uw bureaublad"));
        yield return ("send", FileScreens.Send(phrases, ["/home/anna/Bureaublad/foutmelding.png", "/home/anna/Documenten/Belasting 2025"]));
        yield return ("files", FileScreens.Files(phrases, View(maySend: true)));
        yield return ("files-empty", FileScreens.Files(phrases, new FilesView(FilesNow.None, new FileSpeeds(TimeProvider.System), MaySend: true)));
        yield return ("files-ended", FileScreens.Files(phrases, new FilesView(new FilesNow([.. Ended()]) { Folder = "/home/anna/Downloads/x", LeftOut = 12 }, new FileSpeeds(TimeProvider.System))));
        var now = new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero);
        SafetyCopy[] kept = [new("a", "/home/anna/Documenten/brief.odt", now.AddDays(-3)), new("b", "/home/anna/.config/printer.conf", now.AddDays(-29))];
        yield return ("kept", KeptScreens.Kept(phrases, kept, "a", null));
        yield return ("kept-empty", KeptScreens.Kept(phrases, [], null, phrases.With("path", "/home/anna/Documenten/brief.odt")["kept.put-back"]));
        yield return ("replace", KeptScreens.Replace(phrases, ["/home/anna/Downloads/x/printer (2).conf", "/home/anna/Downloads/x/brief.odt"], "/home/anna/Downloads/x/brief.odt"));
        yield return ("replace-sure", KeptScreens.Sure(phrases, "/home/anna/Downloads/x/printer (2).conf", "/home/anna/.config/printer.conf"));
        yield return ("contacted-kept", StartScreens.Contacted(phrases, hasKept: true));
        yield return ("stopped-files", SessionScreens.Stopped(phrases, Pauses.Stop, View(maySend: false)));
        yield return ("finishing", SessionScreens.Finishing(phrases, View(maySend: false)));
        yield return ("end-files", SessionScreens.End(phrases, "technicianended", [], FileScreens.Last(phrases, View(maySend: false).Now), new EndOffers(false, MaySave: true)));
    }

    // Each reason once, both ways.
    private static IEnumerable<FileOnItsWay> Ended() =>
        from way in Enum.GetValues<FileWay>()
        from reason in Enum.GetValues<TransferReason>()
        select New(way == FileWay.ToHost ? (uint)reason * 2 - 1 : (uint)reason * 2, $"{reason}.txt", 1234) with { Way = way, Stand = FileStand.Failed, Reason = reason };

    private static FilesView View(bool maySend)
    {
        var clock = new ManualTimeProvider();
        var speeds = new FileSpeeds(clock);
        var moving = New(3, "Handleiding printer.pdf", 24_500_000) with { Stand = FileStand.Copying, Moved = 8_000_000 };
        var back = New(2, "foutmelding.png", 3_200_000) with { Way = FileWay.FromHost, Stand = FileStand.Copying, Moved = 400_000 };
        speeds.Note(new FilesNow([moving, back]));
        clock.Advance(TimeSpan.FromSeconds(3));
        (moving, back) = (moving with { Moved = 12_600_000 }, back with { Moved = 1_300_000 });
        speeds.Note(new FilesNow([moving, back]));
        return new FilesView(
            new FilesNow(
            [
                New(1, "voorbeeld.txt", 812) with { Stand = FileStand.Arrived, Moved = 812, Name = "voorbeeld (2).txt" },
                moving,
                New(5, "gepauzeerd.iso", 700_000_000) with { Stand = FileStand.Copying, Moved = 120_000_000, IsHeldHere = true },
                back,
                New(4, "oud.doc", 40_000) with { Way = FileWay.FromHost, Stand = FileStand.Failed, Reason = TransferReason.Changed },
                New(6, "daarna.jpg", 5_000_000) with { Way = FileWay.FromHost, Stand = FileStand.Waiting },
            ])
            {
                Folder = "/home/anna/Downloads/Computerhulp De Linde help 2026-11-22 1a2b3c4d",
            },
            speeds,
            maySend);
    }

    private static FileOnItsWay New(uint id, string name, long size) => new(FileWay.ToHost, id, 1, [name], size);
}
