using System.Diagnostics;
using System.Runtime.Versioning;
using Nabij.HostCore.Files;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Files;
using Nabij.Protocol.Log;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Files;

/// <summary>Files through the whole participant: gate, inbox, worker, disk and line, as a customer and a technician meet them.</summary>
[SupportedOSPlatform("linux")]
public sealed class FileExchangeTests
{
    private static bool IsFull => Environment.GetEnvironmentVariable("NABIJ_FULL") is { Length: > 0 };

    [Fact]
    public async Task A_file_of_the_technician_arrives_whole_once_the_customer_wants_it()
    {
        await using var session = await FileSession.StartAsync();
        var path = session.NewFile(3_000_000, "report.pdf");
        var id = session.Technician.Outgoing.Offer([SentFile.Open(path)])[0];
        await session.Technician.UntilAsync(() => session.Of(FileWay.ToHost, id) is not null, "the customer was asked");
        Assert.Equal(FileStand.Asked, session.Of(FileWay.ToHost, id)!.Stand);
        Assert.Empty(Directory.EnumerateFileSystemEntries(session.Downloads).SelectMany(folder => Directory.EnumerateFileSystemEntries(folder)));

        session.Fixture.Files.Accept([id]);
        await session.Technician.UntilAsync(() => session.Technician.Ended.Count == 1, "the file was verified");
        await Eventually.True(() => session.Of(FileWay.ToHost, id)!.Stand == FileStand.Arrived, "the customer sees it");
        var file = session.Of(FileWay.ToHost, id)!;
        Assert.Equal(("report.pdf", 3_000_000L), (file.Name, file.Moved));
        Assert.Equal(FileSession.HashOf(path), FileSession.HashOf(session.PathOf(file)));
        Assert.Equal(FileSession.HashOf(path), file.Hash!.Bytes.ToArray());
        await Eventually.True(() => session.Log.Any(one => one.Kind == LogEntryKind.FileReceived), "it is in the log");
        Assert.Equal(LoggedFile.Arrived("report.pdf", 3_000_000, file.Hash.Bytes), Assert.Single(session.Log, one => one.Kind == LogEntryKind.FileReceived).File);
    }

    [Fact]
    public async Task What_the_customer_picks_arrives_at_the_technician_with_its_folders()
    {
        await using var session = await FileSession.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(session.Sources, "holiday", "beach")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "sea.txt"), "waves", TestContext.Current.CancellationToken);
        var single = session.NewFile(2_500_000);
        var pipe = Path.Combine(session.Sources, "pipe");
        using (var made = Process.Start("mkfifo", [pipe])) await made.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(session.Fixture.Files.TrySend([single, Path.Combine(session.Sources, "holiday"), pipe]));
        await session.Technician.UntilAsync(() => session.Technician.Ended.Count == 2, "both files are there");
        Assert.All(session.Technician.Ended, one => Assert.Null(one.Outcome.Reason));
        Assert.Equal("waves", await File.ReadAllTextAsync(Path.Combine(session.Technician.Root, "holiday", "beach", "sea.txt"), TestContext.Current.CancellationToken));
        Assert.Equal(FileSession.HashOf(single), FileSession.HashOf(Path.Combine(session.Technician.Root, Path.GetFileName(single))));
        await Eventually.True(() => session.Now.Files.Count(one => one.Stand == FileStand.Arrived) == 2, "the customer sees it");
        Assert.Equal(TransferReason.Unreadable, Assert.Single(session.Now.Files, one => one.Id == 0).Reason);
    }

    [Fact]
    public async Task What_the_customer_does_not_want_is_not_written()
    {
        await using var session = await FileSession.StartAsync();
        var id = session.Technician.Outgoing.Offer([SentFile.Open(session.NewFile(1000))])[0];
        await session.Technician.UntilAsync(() => session.Of(FileWay.ToHost, id) is not null, "the customer was asked");
        session.Fixture.Files.Decline([id]);
        await session.Technician.UntilAsync(() => session.Technician.Ended.Count == 1, "the technician was told");
        Assert.Equal(TransferReason.Declined, session.Technician.Ended[0].Outcome.Reason);
        Assert.Empty(session.Arrived());
    }

    [Fact]
    [Trait("Invariant", "7")]
    [Trait("Campaign", "files")]
    public async Task A_large_file_through_a_connection_that_is_cut_again_and_again_arrives_intact()
    {
        var (size, cuts) = IsFull ? (2L * 1024 * 1024 * 1024, 20) : (96L * 1024 * 1024, 4);
        await using var session = await FileSession.StartAsync();
        var (path, back) = (session.NewFile(size), session.NewFile(size / 8));
        var id = await session.GiveAsync(path);
        Assert.True(session.Fixture.Files.TrySend([back]));
        for (var cut = 0; cut < cuts; cut++)
        {
            var goal = size * cut / cuts;
            await session.Technician.UntilAsync(() => session.Technician.Outgoing.Progress(id) is not { } at || at.Confirmed >= goal, "it is so far");
            // Chapter 02 takes ten of them a minute.
            if (IsFull) await session.Fixture.PassAsync(session.Peer, TimeSpan.FromSeconds(7));
            await session.CutAsync();
        }
        await session.Technician.UntilAsync(() => session.Technician.Ended.Count == 2, "both files are there");
        Assert.All(session.Technician.Ended, one => Assert.Null(one.Outcome.Reason));
        await Eventually.True(() => session.Now.Files.All(one => one.Stand == FileStand.Arrived), "the customer sees it");
        Assert.Equal(FileSession.HashOf(path), FileSession.HashOf(session.PathOf(session.Of(FileWay.ToHost, id)!)));
        Assert.Equal(FileSession.HashOf(back), FileSession.HashOf(Path.Combine(session.Technician.Root, Path.GetFileName(back))));
        Assert.Equal(0, session.Technician.OutOfForce);
        TestContext.Current.TestOutputHelper!.WriteLine($"{size / 1_048_576} MB there and {size / 8 / 1_048_576} MB back, {cuts} cuts, 0 damaged");
    }

    [Theory]
    [InlineData(FileWay.ToHost)]
    [InlineData(FileWay.FromHost)]
    [Trait("Invariant", "2")]
    public async Task Once_a_direction_is_taken_back_nothing_of_it_is_written_or_sent(FileWay way)
    {
        await using var session = await FileSession.StartAsync();
        uint id = 2;
        if (way == FileWay.ToHost) id = await session.GiveAsync(session.NewFile(200_000_000));
        else session.Fixture.Files.TrySend([session.NewFile(200_000_000)]);
        await session.Technician.UntilAsync(() => Moved(session, way, id) > 2_000_000, "it is on its way");
        session.Fixture.Connection.Revoke(way.Permission());
        await session.Technician.UntilAsync(() => session.Technician.Ended.Count == 1, "the technician knows");
        await Eventually.True(() => session.Of(way, id)?.Stand == FileStand.Failed, "the customer sees it");
        var kind = way == FileWay.ToHost ? LogEntryKind.FileReceived : LogEntryKind.FileSent;
        await Eventually.True(() => session.Log.Any(one => one.Kind == kind), "it is in the log");
        Assert.Equal(TransferReason.NotAllowed, Assert.Single(session.Log, one => one.Kind == kind).File.Reason);
        Assert.Equal(TransferReason.NotAllowed, session.Of(way, id)!.Reason);
        Assert.Empty(session.Arrived());
        Assert.Equal(0, session.Technician.OutOfForce);
        Assert.Equal(0, session.Fixture.Connection.Session.Participants[0].Refusals);
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task Every_message_about_files_without_its_permission_has_no_effect_and_is_told_once()
    {
        foreach (var missing in (Permissions[])[Permissions.FilesToHost, Permissions.FilesFromHost])
            foreach (var message in Messages().Where(one => (PermissionTable.Find(Channel.Files, (byte)one.Type)!.Value.Needs & missing) != 0))
            {
                await using var session = await FileSession.StartAsync((FileWays.Both & ~missing) | Permissions.Chat);
                await session.Technician.SayAsync(message);
                await session.Technician.SayAsync(message);
                var refused = await session.Fixture.HearAsync<CustomerEvent.Refused>();
                Assert.Equal((Channel.Files, (byte)message.Type), (refused.Channel, refused.Type));
                await Eventually.True(() => session.Fixture.Connection.Session.Participants[0].Refusals == 2, "both were refused");
                Assert.Empty(session.Now.Files);
                Assert.Null(session.Now.Asked);
                Assert.Empty(session.Arrived());
                Assert.False(session.Peer.IsClosed);
            }
    }

    [Fact]
    [Trait("Invariant", "3")]
    public async Task Stop_does_not_wait_for_a_disk_and_nothing_moves_until_the_customer_goes_on()
    {
        await using var session = await FileSession.StartAsync();
        using var disk = new ManualResetEventSlim(true);
        session.Fixture.Files.Changed += disk.Wait; // on the worker, as a disk that hangs would hold it
        var path = session.NewFile(8_000_000);
        var id = await session.GiveAsync(path);
        await session.Technician.UntilAsync(() => session.Technician.Outgoing.Progress(id)!.Value.Confirmed > 1_000_000, "it is on its way");
        disk.Reset();
        session.Fixture.Files.Hold(FileWay.ToHost, id); // tells a change, and so sticks
        var worst = TimeSpan.Zero;
        for (var time = 0; time < 20; time++)
        {
            var begun = Stopwatch.StartNew();
            session.Fixture.Connection.Stop();
            worst = worst > begun.Elapsed ? worst : begun.Elapsed;
            await session.Technician.UntilAsync(() => session.Peer.Heard.OfType<Stopped>().Count() > time, "the technician knows");
            begun.Restart();
            session.Fixture.Connection.GoOn();
            worst = worst > begun.Elapsed ? worst : begun.Elapsed;
            await session.Technician.UntilAsync(() => session.Peer.Heard.OfType<Continued>().Count() > time, "the technician goes on");
        }
        Assert.True(worst < TimeSpan.FromMilliseconds(200), $"Stop took {worst.TotalMilliseconds} ms");
        TestContext.Current.TestOutputHelper!.WriteLine($"worst of 20 stops with a stuck disk: {worst.TotalMilliseconds:0.0} ms");
        Assert.Equal(0, session.Technician.OutOfForce);
        disk.Set();
        session.Fixture.Files.LetGo(FileWay.ToHost, id);
        await session.Technician.UntilAsync(() => session.Technician.Ended.Count == 1, "the file is there");
        await Eventually.True(() => session.Of(FileWay.ToHost, id)!.Stand == FileStand.Arrived, "the customer sees it");
        Assert.Equal(FileSession.HashOf(path), FileSession.HashOf(session.PathOf(session.Of(FileWay.ToHost, id)!)));
    }

    [Fact]
    public async Task Let_the_copying_finish_keeps_files_only_takes_nothing_new_and_ends_the_session_by_itself()
    {
        await using var session = await FileSession.StartAsync(FileWays.Both | Permissions.Chat);
        var path = session.NewFile(6_000_000);
        var id = await session.GiveAsync(path);
        await session.Technician.UntilAsync(() => session.Technician.Outgoing.Progress(id)!.Value.Confirmed > 1_000_000, "it is on its way");
        session.Fixture.Files.Hold(FileWay.ToHost, id);
        session.Fixture.Connection.Stop();
        await session.Technician.UntilAsync(() => session.Peer.Heard.OfType<Stopped>().Any(), "the technician knows");
        session.Fixture.Connection.LetFinish();
        var late = session.Technician.Outgoing.Offer([SentFile.Open(session.NewFile(1000))])[0];
        await session.Technician.UntilAsync(() => session.Peer.IsClosed, "the session has ended");
        Assert.Equal(FileWays.Both, session.Peer.Heard.OfType<Stopped>().Last().Kept);
        Assert.Equal(SessionEnd.CustomerEnded, (await session.Fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        Assert.DoesNotContain(session.Technician.Ended, one => one.Id == id && one.Outcome.Name is null);
        Assert.DoesNotContain(session.Technician.Ended, one => one.Id == late && one.Outcome.Name is not null);
        Assert.Equal(FileSession.HashOf(path), FileSession.HashOf(Path.Combine(session.Downloads, Assert.Single(session.Arrived()))));
    }

    [Fact]
    public async Task A_second_Stop_also_ends_what_the_first_one_let_finish()
    {
        await using var session = await FileSession.StartAsync();
        var id = await session.GiveAsync(session.NewFile(50_000_000));
        await session.Technician.UntilAsync(() => session.Technician.Outgoing.Progress(id)!.Value.Confirmed > 1_000_000, "it is on its way");
        session.Fixture.Connection.Stop();
        session.Fixture.Connection.LetFinish();
        session.Fixture.Connection.Stop();
        await session.Technician.UntilAsync(() => session.Peer.Heard.OfType<Stopped>().LastOrDefault()?.Kept == Permissions.None, "nothing is kept");
        Assert.False(session.Peer.IsClosed);
        Assert.All(Directory.EnumerateFiles(session.Now.Folder!), name => Assert.StartsWith(FileName.OwnPrefix, Path.GetFileName(name), StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_long_absence_what_was_being_copied_waits_for_the_customers_word()
    {
        await using var session = await FileSession.StartAsync(FileWays.Both | Permissions.Chat);
        var path = session.NewFile(20_000_000);
        var id = await session.GiveAsync(path);
        await session.Technician.UntilAsync(() => session.Technician.Outgoing.Progress(id)!.Value.Confirmed > 1_000_000, "it is on its way");
        session.Fixture.HostRoad.Abort();
        await session.Fixture.HearAsync<CustomerEvent.ConnectionAway>();
        session.Fixture.Clock.Sleep(TimeSpan.FromSeconds(61));
        var peer = await session.Fixture.NextSocketAsync();
        await peer.ComeBackAsync(new ResumeSecrets(session.Peer.Session));
        var held = (await session.Fixture.HearAsync<CustomerEvent.ConnectionBack>()).Held;
        Assert.Equal(FileWays.Both, held);
        session.Technician.Move(peer);
        Assert.Equal(FileStand.Waiting, session.Of(FileWay.ToHost, id)!.Stand switch { FileStand.Copying => FileStand.Waiting, var other => other });
        session.Fixture.Connection.Grant(held);
        await session.Technician.UntilAsync(() => session.Technician.Ended.Count == 1, "the file is there");
        Assert.NotNull(session.Technician.Ended[0].Outcome.Name);
    }

    [Fact]
    public async Task The_customer_holds_a_file_and_it_stays_held_through_a_cut()
    {
        await using var session = await FileSession.StartAsync();
        var id = await session.GiveAsync(session.NewFile(20_000_000));
        await session.Technician.UntilAsync(() => session.Technician.Outgoing.Progress(id)!.Value.Confirmed > 1_000_000, "it is on its way");
        session.Fixture.Files.Hold(FileWay.ToHost, id);
        await session.Technician.UntilAsync(() => session.Technician.Outgoing.Look(id)!.Value.IsHeldThere, "the technician knows");
        await session.CutAsync();
        await session.Technician.UntilAsync(() => session.Technician.Outgoing.Look(id)!.Value.IsHeldThere, "the technician knows again");
        session.Fixture.Files.LetGo(FileWay.ToHost, id);
        await session.Technician.UntilAsync(() => session.Technician.Ended.Count == 1, "the file is there");
        Assert.NotNull(session.Technician.Ended[0].Outcome.Name);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task One_request_is_open_at_a_time_and_twenty_are_answered_in_a_session()
    {
        await using var session = await FileSession.StartAsync();
        await session.Technician.SayAsync(new Request(1, "the invoice"));
        await session.Technician.SayAsync(new Request(2, "another one"));
        await Eventually.True(() => session.Now.Asked is not null, "the customer is asked");
        Assert.Equal("the invoice", session.Now.Asked!.What);
        session.Fixture.Files.AnswerRequest([session.NewFile(10)]);
        await session.Technician.UntilAsync(() => session.Technician.Answers.Count == 1 && session.Technician.Ended.Count == 1, "the technician has it");
        Assert.Equal(new Answer(1, 1), session.Technician.Answers[0]);
        for (uint number = 2; number <= 22; number++)
        {
            await session.Technician.SayAsync(new Request(number, ""));
            if (number > FileLimits.MostRequests) continue;
            await Eventually.True(() => session.Now.Asked?.Number == number, "the customer is asked");
            session.Fixture.Files.AnswerRequest([]);
            await session.Technician.UntilAsync(() => session.Technician.Answers.Count == number, "the answer is no");
            Assert.Equal(new Answer(number, 0), session.Technician.Answers[^1]);
        }
        await Eventually.True(() => session.Fixture.HostRoad.IsIdle, "the host has read all of them");
        Assert.Null(session.Now.Asked);
    }

    [Fact]
    public async Task Who_breaks_the_protocol_of_files_ends_the_session_and_leaves_nothing()
    {
        await using var session = await FileSession.StartAsync();
        await session.Technician.SayAsync(new Chunk(1, 0, new byte[10]));
        var offer = new Offer(1, 1, 100, 0, ["a.txt"]);
        await session.Technician.SayAsync(offer);
        await session.Technician.SayAsync(offer with { Size = 101 });
        await session.Technician.UntilAsync(() => session.Peer.IsClosed, "the session has ended");
        Assert.Equal(SessionEnd.ProtocolError, (await session.Fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        Assert.Empty(Directory.EnumerateFileSystemEntries(session.Downloads));
    }

    [Fact]
    public async Task The_end_removes_what_is_not_whole_and_the_folder_when_nothing_arrived()
    {
        await using var session = await FileSession.StartAsync();
        var id = await session.GiveAsync(session.NewFile(50_000_000));
        await session.Technician.UntilAsync(() => session.Technician.Outgoing.Progress(id)!.Value.Confirmed > 1_000_000, "it is on its way");
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(session.Downloads));
        await session.Peer.SendAsync(new Close(EndReason.TechnicianEnded));
        await session.Fixture.HearAsync<CustomerEvent.Ended>();
        Assert.Empty(Directory.EnumerateFileSystemEntries(session.Downloads));
    }

    [Fact]
    [Trait("Invariant", "2")]
    [Trait("Campaign", "files")]
    public async Task No_name_leads_out_of_the_folder_or_replaces_anything()
    {
        await using var session = await FileSession.StartAsync();
        session.Technician.Sends = false;
        var names = HostileNames.All();
        Assert.True(names.Count >= 300);
        var (taken, refused) = (0, 0);
        var hash = FileHash.OfNothing;
        for (var i = 0; i < names.Count; i++)
        {
            var id = (uint)(2 * i + 1);
            await session.Technician.SayAsync(new Offer(id, 1, 0, 0, [.. names[i]]));
            await Eventually.True(() => session.Of(FileWay.ToHost, id) is not null, $"name {i} was judged");
            if (session.Of(FileWay.ToHost, id)!.Stand == FileStand.Failed)
            {
                refused++;
                continue;
            }
            session.Fixture.Files.Accept([id]);
            await session.Technician.SayAsync(new Start(id, 0));
            await session.Technician.SayAsync(new Finish(id, hash));
            await Eventually.True(() => !session.Of(FileWay.ToHost, id)!.IsUnfinished, $"name {i} came to an end");
            taken += session.Of(FileWay.ToHost, id)!.Stand == FileStand.Arrived ? 1 : 0;
        }
        Assert.Equal("mine", await File.ReadAllTextAsync(session.Outside, TestContext.Current.CancellationToken));
        Assert.Equal(taken, session.Arrived().Length); // none replaced another one
        Assert.Single(Directory.EnumerateFileSystemEntries(session.Downloads));
        Assert.Equal(3, Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(session.Downloads)!).Count());
        Assert.True(taken > 50 && refused > 200);
        TestContext.Current.TestOutputHelper!.WriteLine($"{names.Count} names: {taken} taken, {refused} refused, 0 outside, 0 replaced");
    }

    private static long Moved(FileSession session, FileWay way, uint id) => way == FileWay.ToHost
        ? session.Technician.Outgoing.Progress(id)?.Confirmed ?? 0
        : session.Technician.Incoming.Progress(id)?.Received ?? 0;

    private static IEnumerable<FileMessage> Messages() =>
    [
        new Offer(1, 1, 10, 0, ["a.txt"]), new Start(1, 0), new Chunk(1, 0, new byte[1]), new Finish(1, FileHash.OfNothing),
        new Accept(2, 0, FileHash.OfNothing, 0), new Credit(2, 0), new Verified(2, "a.txt"), new Request(1, "a file"),
    ];
}
