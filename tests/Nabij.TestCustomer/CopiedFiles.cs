using System.Globalization;
using Nabij.HostCore.Files;

namespace Nabij.TestCustomer;

/// <summary>What the scripted customer does about files: takes every file, answers a request as it was told, and tells each end once. On the worker's thread.</summary>
internal sealed class CopiedFiles(Options options, EventLines events)
{
    private readonly HashSet<(FileWay, uint, string)> told = [];
    private uint answered;

    public void Hear(FileExchange files, FilesNow now)
    {
        var asked = now.Files.Where(one => one.Stand == FileStand.Asked).Select(one => one.Id).ToArray();
        if (asked.Length > 0) files.Accept(asked);
        if (now.Asked is { } request && request.Number > answered)
        {
            answered = request.Number;
            events.Write("file-requested", ("what", request.What));
            files.AnswerRequest(options.Give is { } path ? [path] : []);
        }
        foreach (var file in now.Files)
            if (!file.IsUnfinished && told.Add((file.Way, file.Id, file.Path[^1]))) Tell(file, now.Folder);
    }

    private void Tell(FileOnItsWay file, string? folder) => events.Write(
        "file",
        ("way", Words.Of(file.Way)),
        ("path", file.Name is { } name && file.Way == FileWay.ToHost ? Path.Combine([folder!, .. file.Path[..^1], name]) : string.Join('/', file.Path)),
        ("size", file.Size.ToString(CultureInfo.InvariantCulture)),
        ("outcome", file.Reason is { } reason ? Words.Of(reason) : "arrived"),
        ("sha256", file.Hash?.ToString() ?? ""));
}
