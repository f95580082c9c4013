using System.Runtime.Versioning;
using Nabij.HostCore.Files;
using Nabij.Protocol;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Tests.Files;

/// <summary>
/// Both ends of transfers in one direction, with real files and a line of two queues of encoded messages that a test
/// delivers, cuts and stops as it likes.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class TransferPair : IDisposable
{
    private readonly ArrivalFolder place = new();
    private readonly string sources = Directory.CreateTempSubdirectory("nabij-sources-").FullName;
    private readonly Party sender;
    private readonly bool mayCancel;
    private readonly Queue<byte[]> there = new(), back = new();
    private readonly OutgoingFiles outgoing;
    private readonly IncomingFiles incoming;
    private readonly List<Offer> asked = [];
    private readonly Dictionary<uint, string> arrived = [];
    private readonly Dictionary<uint, (string Path, byte[] Content)> sent = [];
    private bool isStopped;

    public TransferPair(Party sender, ulong seed, bool mayCancel = true)
    {
        (this.sender, this.mayCancel, Numbers) = (sender, mayCancel, new SeededNumbers(seed));
        outgoing = new OutgoingFiles(sender, message => there.Enqueue(message.Encode()));
        incoming = new IncomingFiles(sender, place.Store, message => back.Enqueue(message.Encode()));
        incoming.Offered += asked.Add;
        incoming.Ended += (offer, outcome) =>
        {
            if (outcome.Name is { } name) arrived.Add(offer.Id, name);
            else Failures.Add(outcome.Reason!.Value);
        };
    }

    public SeededNumbers Numbers { get; }

    public List<TransferReason> Failures { get; } = [];

    public int Cuts { get; private set; }

    public long MostUnderWay { get; private set; }

    public void Offer(int files)
    {
        int[] sizes = [0, 1, FileLimits.LargestContent, FileLimits.MostCredit, FileLimits.MostCredit + 1, 3_000_000];
        for (var i = 0; i < files; i++) OfferOne(Numbers.Below(2) == 0 ? sizes[Numbers.Below(sizes.Length)] : Numbers.Below(2_500_000));
    }

    public void OfferOne(long size)
    {
        var path = Path.Combine(sources, $"file {sent.Count}.bin");
        var content = new byte[Math.Min(size, 5_000_000)];
        for (var i = 0; i + 8 <= content.Length; i += 8) BitConverter.TryWriteBytes(content.AsSpan(i), Numbers.Next());
        using (var file = File.Create(path))
            for (var left = size; left > 0; left -= content.Length) file.Write(content, 0, (int)Math.Min(left, content.Length));
        sent.Add(outgoing.Offer([SentFile.Open(path)])[0], (path, content));
    }

    /// <summary>One thing happens, by chance.</summary>
    public void Step()
    {
        switch (Numbers.Below(100))
        {
            case < 45: Send(); break;
            case < 65: Deliver(there, TakeThere); break;
            case < 85: Deliver(back, TakeBack); break;
            case < 90: Answer(); break;
            case < 94: Hold(); break;
            case < 96: Cut(); break;
            case < 98: StopOrGoOn(); break;
            default: if (mayCancel && Numbers.Below(6) == 0) CancelOne(); break;
        }
    }

    /// <summary>Lets everything go its way to the end.</summary>
    public void Settle()
    {
        if (isStopped) StopOrGoOn();
        for (var rounds = 0; outgoing.Unfinished + incoming.Unfinished > 0 || there.Count + back.Count > 0; rounds++)
        {
            if (rounds > 3_000_000) throw new InvalidOperationException("The transfers do not come to an end.");
            foreach (var id in sent.Keys)
            {
                outgoing.LetGo(id);
                incoming.LetGo(id);
            }
            Answer();
            Move();
        }
    }

    public void RunUntil(long received)
    {
        Answer();
        while ((incoming.Progress(sent.Keys.First())?.Received ?? 0) < received)
        {
            Answer();
            Send();
            MostUnderWay = Math.Max(MostUnderWay, there.Sum(message => (long)message.Length) - (13L * there.Count));
            if (Numbers.Below(3) == 0) Move();
        }
    }

    /// <summary>The line is gone with all that was on it, and comes back.</summary>
    public void Cut()
    {
        Break();
        Mend();
    }

    public void Break()
    {
        Cuts++;
        there.Clear();
        back.Clear();
        outgoing.Break();
        incoming.Break();
    }

    public void Mend()
    {
        isStopped = false;
        incoming.Renew();
        outgoing.Renew();
    }

    public void CancelAtSender() => outgoing.Cancel(sent.Keys.First());

    public void ChangeSource() => File.AppendAllText(sent.Values.First().Path, "changed");

    /// <summary>Every file that arrived is the one that was sent, and nothing else is there; how many arrived.</summary>
    public int Check()
    {
        foreach (var (id, name) in arrived)
        {
            using var expected = File.OpenRead(sent[id].Path);
            using var actual = File.OpenRead(Path.Combine(place.Root, name));
            Assert.Equal(System.Security.Cryptography.SHA256.HashData(expected), System.Security.Cryptography.SHA256.HashData(actual));
        }
        var there = place.Store.Path is { } root ? Directory.GetFileSystemEntries(root).Select(path => Path.GetFileName(path)) : [];
        Assert.Equal(arrived.Values.Order(), there.Order());
        return arrived.Count;
    }

    public void Dispose()
    {
        outgoing.Dispose();
        place.Dispose();
        Directory.Delete(sources, recursive: true);
    }

    private void Move()
    {
        Send();
        Deliver(there, TakeThere);
        Deliver(back, TakeBack);
    }

    private void Send()
    {
        if (outgoing.TryNext(out var message) && message is not null) there.Enqueue(message.Encode());
    }

    private void TakeThere(byte[] bytes)
    {
        // While the host is stopped its gate drops what a technician sends.
        if (!isStopped || sender == Party.Host) incoming.Take(FileMessage.Decode(bytes, sender));
    }

    private void TakeBack(byte[] bytes)
    {
        if (!isStopped || sender == Party.Viewer)
            outgoing.Take(FileMessage.Decode(bytes, sender == Party.Viewer ? Party.Host : Party.Viewer));
    }

    private static void Deliver(Queue<byte[]> line, Action<byte[]> take)
    {
        if (line.TryDequeue(out var bytes)) take(bytes);
    }

    private void Answer()
    {
        foreach (var offer in asked) incoming.Accept(offer.Id);
        asked.Clear();
    }

    private void Hold()
    {
        var id = sent.Keys.ElementAt(Numbers.Below(sent.Count));
        switch (Numbers.Below(4))
        {
            case 0: outgoing.Hold(id); break;
            case 1: incoming.Hold(id); break;
            case 2: outgoing.LetGo(id); break;
            default: incoming.LetGo(id); break;
        }
    }

    private void CancelOne()
    {
        var id = sent.Keys.ElementAt(Numbers.Below(sent.Count));
        if (Numbers.Below(2) == 0) outgoing.Cancel(id);
        else incoming.Cancel(id);
    }

    // Stop: the host's end rests at once, what is on the line stays there, and the technician's end rests when the word
    // arrives: here, when it goes on. Then both begin anew on the same line.
    private void StopOrGoOn()
    {
        if (!isStopped)
        {
            Cuts++;
            isStopped = true;
            if (sender == Party.Host) outgoing.Break();
            else incoming.Break();
            return;
        }
        // The technician's end has what the host sent before Stop when it hears of Go on.
        if (sender == Party.Host) while (there.Count > 0) incoming.Take(FileMessage.Decode(there.Dequeue(), sender));
        else while (back.Count > 0) outgoing.Take(FileMessage.Decode(back.Dequeue(), Party.Host));
        outgoing.Break();
        incoming.Break();
        Mend();
    }
}
