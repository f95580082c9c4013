using System.Runtime.Versioning;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Files;

/// <summary>What is told of the files of one participant: those of both ways in the order in which they were offered, and the open request. The worker's.</summary>
[SupportedOSPlatform("linux")]
internal sealed class FileList(IncomingFiles incoming, OutgoingFiles outgoing, ReceivedFiles store)
{
    /// <summary>Of files that could not even be offered, so many are told.</summary>
    private const int MostUnreadable = 100;

    private readonly List<FileOnItsWay> files = [];
    private readonly Dictionary<(FileWay Way, uint Id), int> places = [];
    private int unreadable;

    public Request? Asked { get; set; }

    /// <summary>Requests of this session.</summary>
    public int Requests { get; set; }

    public int LeftOut { get; set; }

    public bool IsFinished { get; set; }

    /// <summary>Something is on its way, so that its progress is worth telling.</summary>
    public bool HasMoving => incoming.Unfinished + outgoing.Unfinished > 0;

    public void Add(FileWay way, Offer offer)
    {
        places.Add((way, offer.Id), files.Count);
        files.Add(new FileOnItsWay(way, offer.Id, offer.Group, offer.Path, offer.Size) { Stand = way == FileWay.ToHost ? FileStand.Asked : FileStand.Waiting });
    }

    public void AddUnreadable(string name, TransferReason reason)
    {
        if (++unreadable <= MostUnreadable) files.Add(new FileOnItsWay(FileWay.FromHost, 0, 0, [name], 0) { Stand = FileStand.Failed, Reason = reason });
    }

    /// <summary>The customer wants it.</summary>
    public void Accept(uint id)
    {
        if (places.TryGetValue((FileWay.ToHost, id), out var place) && files[place].Stand == FileStand.Asked)
            files[place] = files[place] with { Stand = FileStand.Waiting };
    }

    public bool Has(FileWay way, uint id) => places.ContainsKey((way, id));

    /// <summary>It has ended.</summary>
    public FileOnItsWay End(FileWay way, uint id, TransferOutcome outcome)
    {
        var place = places[(way, id)];
        var ended = files[place] with
        {
            Stand = outcome.Name is null ? FileStand.Failed : FileStand.Arrived,
            Moved = outcome.Name is null ? files[place].Moved : files[place].Size,
            Name = outcome.Name,
            Hash = outcome.Hash,
            Reason = outcome.Reason,
            IsHeldHere = false,
            IsHeldThere = false,
        };
        return files[place] = ended;
    }

    public IReadOnlyList<FileOnItsWay> Unfinished() => [.. files.Where(one => one.IsUnfinished)];

    public FilesNow Now()
    {
        for (var i = 0; i < files.Count; i++)
            if (files[i].IsInFlight && Look(files[i]) is { } look)
            {
                files[i] = files[i] with
                {
                    Stand = look.IsMoving ? FileStand.Copying : FileStand.Waiting,
                    Moved = look.Moved,
                    IsHeldHere = look.IsHeldHere,
                    IsHeldThere = look.IsHeldThere,
                };
            }
        return new FilesNow([.. files]) { Asked = Asked, Folder = store.Path, LeftOut = LeftOut, IsFinished = IsFinished };
    }

    private TransferLook? Look(FileOnItsWay file) => file.Way == FileWay.ToHost ? incoming.Look(file.Id) : outgoing.Look(file.Id);
}
