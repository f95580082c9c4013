using System.Runtime.Versioning;
using Nabij.HostApp.Flow;
using Nabij.HostApp.Screens;
using Nabij.HostCore.Files;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.HostCore.Tests.Files;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Tests;

/// <summary>Files as the customer sees them, with the real engine and a real technician's end behind the windowless shell.</summary>
[SupportedOSPlatform("linux")]
public sealed class HostAppFilesTests : IAsyncLifetime
{
    private readonly string kept = Directory.CreateTempSubdirectory("nabij-kept-").FullName;
    private readonly HostAppRun run;
    private FileSession session = null!;

    public HostAppFilesTests() => run = new HostAppRun(keeping: Keeping());

    private Keeping Keeping() => new(new SafetyCopies(Path.Combine(kept, "copies"), TimeProvider.System, System.Security.Cryptography.RandomNumberGenerator.Fill));

    public async ValueTask InitializeAsync()
    {
        session = await FileSession.StartAsync();
        await run.ToLookingAsync();
        session.Fixture.Connection.Happened += told =>
        {
            if (told is CustomerEvent.FilesChanged) run.Window.Post(() => run.Flow.Stage?.Hear(told));
        };
        foreach (var way in Enum.GetValues<FileWay>())
        {
            run.Hear(new CustomerEvent.Asked(way.Permission()));
            run.Window.Press("yes", "ask");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await session.DisposeAsync();
        await run.DisposeAsync();
        Directory.Delete(kept, recursive: true);
    }

    [Fact]
    public async Task A_received_file_goes_in_the_place_of_an_own_one_which_is_kept_and_comes_back_at_a_later_start()
    {
        var mine = Path.Combine(kept, "settings.ini");
        await File.WriteAllTextAsync(mine, "old", TestContext.Current.CancellationToken);
        await OfferAsync("new settings.ini");
        run.Window.Press("yes", "offer");
        await ArrivedAsync(1);
        await HostAsync(() => run.Window.Bar!.Menu.Any(press => press.Id == "replace"));
        run.Window.PressBar("replace");
        run.Window.Picks = [mine];
        run.Window.Press("pick", "kept");
        Assert.Equal("Replace settings.ini?", Words("kept", "heading"));
        Assert.True(run.Window["kept"]!.Presses.Single(press => press.Id == "yes").Guarded);
        run.Window.Press("yes", "kept");
        await HostAsync(() => run.Window["kept"]!.Parts.Any(part => part.Id == "told"));
        Assert.Equal(50_000, new FileInfo(mine).Length);
        Assert.DoesNotContain(run.Window.Bar!.Menu, press => press.Id == "replace");

        await using var later = new HostAppRun(keeping: Keeping());
        later.Start();
        await later.Window.UntilAsync(() => later.Main.Presses.Any(press => press.Id == "kept"));
        later.Window.Press("kept");
        var copy = later.Window["kept"]!.Parts.OfType<Choice>().Single().Options.Single();
        Assert.StartsWith("settings.ini, from", copy.Text, StringComparison.Ordinal);
        later.Window.Answer("copies", copy.Id, "kept");
        later.Window.Press("put-back", "kept");
        await later.Window.UntilAsync(() => later.Window["kept"]!.Parts.Any(part => part.Id == "empty"));
        // What stands there now is not replaced.
        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(kept, "settings (2).ini"), TestContext.Current.CancellationToken));
        Assert.Equal(50_000, new FileInfo(mine).Length);
    }

    [Fact]
    public async Task Both_directions_are_asked_by_themselves_slowly_and_taken_back_in_the_menu()
    {
        Assert.Contains(run.Window.Seen, screen => screen is { Id: "ask-files-in", CoolDown: not null });
        Assert.Contains(run.Window.Seen, screen => screen is { Id: "ask-files-out", CoolDown: not null });
        run.Window.PressBar("back-files-out");
        Assert.DoesNotContain(run.Window.Bar!.Menu, press => press.Id == "back-files-out");
        Assert.Contains(run.Window.Bar!.Menu, press => press.Id == "back-files-in");
        await Task.CompletedTask;
    }

    [Fact]
    public async Task What_is_offered_together_is_asked_once_with_names_and_sizes_and_arrives()
    {
        await OfferAsync("manual.pdf", "notes.txt");
        Assert.Equal("Peter wants to send you 2 files", Words("offer", "heading"));
        Assert.Equal(["manual.pdf (50 kB)", "notes.txt (50 kB)"], Lines("offer", "names"));
        run.Window.Press("yes", "offer");
        await ArrivedAsync(2);
        run.Window.PressBar("files");
        Assert.Equal(["notes.txt (50 kB) has arrived here, whole.", "manual.pdf (50 kB) has arrived here, whole."], Lines("files", "over"));
        run.Window.Press("folder", "files");
        Assert.Contains(run.Window.Announced, text => text.StartsWith("file:///", StringComparison.Ordinal));
        Assert.Equal(2, session.Arrived().Length);
    }

    [Fact]
    public async Task A_kind_that_runs_a_program_is_warned_of_and_takes_its_time()
    {
        await OfferAsync("driver.deb");
        Assert.Equal("offer-code", run.Window["offer"]!.Id);
        Assert.NotNull(run.Window["offer"]!.CoolDown);
        Assert.Equal(["driver.deb (50 kB): can run a program"], Lines("offer", "names"));
        Assert.True(run.Window["offer"]!.Presses.Single(press => press.Id == "yes").Guarded);
        run.Window.Press("no", "offer");
        await EndedAsync(1);
        Assert.Equal(TransferReason.Declined, session.Technician.Ended[0].Outcome.Reason);
        Assert.Empty(session.Arrived());
    }

    [Fact]
    public async Task What_comes_late_to_a_choice_that_was_not_wanted_is_not_asked_again()
    {
        await OfferAsync("one.txt");
        run.Window.Press("no", "offer");
        await EndedAsync(1);
        var seen = run.Window.Seen.Count(screen => screen.Id == "offer");
        await session.Technician.SayAsync(new Offer(101, 1, 10, 0, ["late.txt"]));
        await HostAsync(() =>
        {
            run.Pass(TimeSpan.FromMilliseconds(500));
            return session.Of(FileWay.ToHost, 101)?.Stand == FileStand.Failed;
        });
        Assert.Equal(seen, run.Window.Seen.Count(screen => screen.Id == "offer"));
    }

    [Fact]
    public async Task The_customer_answers_a_request_with_own_choice_and_sees_the_names_before_they_go()
    {
        await session.Technician.SayAsync(new Request(1, "the photo\u202e of the error"));
        await HostAsync(() => run.Window["send"] is not null);
        Assert.Equal("the photo\ufffd of the error", Lines("send", "what")[1]);
        run.Window.Picks = [session.NewFile(50_000, "photo.png")];
        run.Window.Press("pick", "send");
        Assert.Equal("send", run.Window["send"]!.Id);
        Assert.Equal(["photo.png"], Lines("send", "names"));
        Assert.Empty(session.Technician.Answers);
        run.Window.Press("yes", "send");
        await EndedAsync(1);
        Assert.Equal("photo.png", session.Technician.Ended[0].Outcome.Name);
        Assert.Equal(new Answer(1, 1), Assert.Single(session.Technician.Answers));
        await HostAsync(() => run.Window["files"] is { } screen && screen.Parts.Any(part => part.Id == "over"));
        Assert.Equal(["photo.png (50 kB) has arrived at Peter, whole."], Lines("files", "over"));
    }

    [Fact]
    public async Task What_is_picked_after_the_session_has_ended_goes_nowhere_and_opens_nothing()
    {
        await session.Technician.SayAsync(new Request(1, "the photo"));
        await HostAsync(() => run.Window["send"] is not null);
        run.Window.Picks = [session.NewFile(50_000, "photo.png")];
        run.Window.WhilePicking = () => run.Hear(new CustomerEvent.Ended(SessionEnd.TechnicianEnded));
        run.Window.Press("pick", "send");
        Assert.Equal("end", run.Main.Id);
        Assert.Null(run.Window["send"]);
        Assert.Null(run.Window["files"]);
    }

    [Fact]
    public async Task Dropped_files_go_only_after_a_last_look()
    {
        await HostAsync(() => run.Window.Bar!.Menu.Any(press => press.Id == "files"));
        await session.Technician.SayAsync(new Request(1, "")); // so that the windows know the engine's files
        await HostAsync(() => run.Window["send"] is not null);
        run.Window.Press("no", "send");
        run.Window.PressBar("files");
        Assert.True(run.Window["files"]!.TakesFiles);
        var path = session.NewFile(50_000, "dropped file.txt");
        run.Window.Drop("files", $"# list\r\n{new Uri(path).AbsoluteUri}\r\nhttps://example.com/x\r\n");
        Assert.Equal(["dropped file.txt"], Lines("send", "names"));
        run.Window.Press("yes", "send");
        await EndedAsync(1);
        Assert.Equal("dropped file.txt", session.Technician.Ended[0].Outcome.Name);
    }

    [Fact]
    public async Task Progress_can_be_held_gone_on_with_and_canceled_and_the_bar_counts()
    {
        session.Technician.Sends = false;
        await OfferAsync("big.zip", "second.zip");
        run.Window.Press("yes", "offer");
        await HostAsync(() => run.Window.Bar!.Presses.Any(press => press.Id == "files"));
        Assert.Equal("Copying 1/2", run.Window.Bar!.Presses.Single(press => press.Id == "files").Text);
        run.Window.PressBar("files");
        var meter = run.Window["files"]!.Parts.OfType<Meter>().First();
        Assert.Equal(("Pause the copying of big.zip", "Cancel the copying of big.zip"), (meter.Hold!.Name, meter.Stop!.Name));
        run.Window.Do("files", meter.Hold.Id);
        await HostAsync(() => run.Window["files"]!.Parts.OfType<Meter>().First().Hold!.Text == "Go on");
        Assert.Contains("You paused it", run.Window["files"]!.Parts.OfType<Meter>().First().Text, StringComparison.Ordinal);
        run.Window.Do("files", meter.Stop.Id);
        await EndedAsync(1);
        Assert.Equal(TransferReason.Canceled, session.Technician.Ended[0].Outcome.Reason);
    }

    [Fact]
    public async Task Stop_tells_what_is_in_flight_and_offers_to_let_it_finish()
    {
        session.Technician.Sends = false;
        await OfferAsync("big.zip");
        run.Window.Press("yes", "offer");
        await HostAsync(() => run.Window.Bar!.Presses.Any(press => press.Id == "files"));
        run.Window.PressBar("end");
        Assert.Equal("stopped", run.Main.Id);
        Assert.Equal("One file was being copied. It stands still now:", run.Text("flight"));
        Assert.Single(run.Main.Parts.OfType<Meter>());
        run.Window.Press("let-finish");
        Assert.Equal("The copying is being finished", run.Text("heading"));
        run.Window.PressStopKeys();
        run.Window.Pump();
        Assert.Equal("Stopped", run.Text("heading"));
        run.Window.Press("end");
        Assert.Equal("end", run.Main.Id);
        Assert.Equal("One file did not arrive. Its part is removed; nothing of yours is damaged by that.", run.Text("lost"));
    }

    [Fact]
    public async Task Without_anything_in_flight_Stop_and_End_are_as_before()
    {
        await Task.CompletedTask;
        run.Window.PressBar(Bar.StopId);
        Assert.Contains("Nothing is being copied", run.Text("flight"), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Main.Presses, press => press.Id == "let-finish");
        run.Window.Press("end");
        Assert.Equal("end", run.Main.Id);
        Assert.DoesNotContain(run.Main.Parts, part => part.Id is "lost" or "folder");
    }

    private async Task OfferAsync(params string[] names)
    {
        SentFile[] files = [.. names.Select(name => SentFile.Open(session.NewFile(50_000, name)))];
        session.Technician.Outgoing.Offer(files);
        await HostAsync(() => session.Now.Files.Count(one => one.Stand == FileStand.Asked) == names.Length && run.Window.Bar!.Menu.Any(press => press.Id == "files"));
        await HostAsync(() =>
        {
            run.Pass(TimeSpan.FromMilliseconds(500)); // no more of this choice comes
            return run.Window["offer"] is not null;
        });
    }

    private Task ArrivedAsync(int count) =>
        HostAsync(() => session.Now.Files.Count(one => one.Stand == FileStand.Arrived) == count && session.Technician.Ended.Count == count);

    private Task EndedAsync(int count) => HostAsync(() => session.Technician.Ended.Count == count && session.Now.Files.Count(one => !one.IsUnfinished) == count);

    private Task HostAsync(Func<bool> condition) => session.Technician.UntilAsync(() =>
    {
        run.Window.Pump();
        return condition();
    }, "the windows show it");

    private string Words(string window, string part) => run.Window[window]!.Parts.OfType<Words>().Single(one => one.Id == part).Text;

    private string[] Lines(string window, string part) =>
        [.. run.Window[window]!.Parts.OfType<Document>().Single(one => one.Id == part).Paragraphs.Select(paragraph => paragraph.Text)];
}
