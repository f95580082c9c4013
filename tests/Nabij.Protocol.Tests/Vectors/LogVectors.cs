using System.Buffers.Binary;
using Nabij.Protocol.Log;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>log.json: a customer's log is found whole, or the first thing wrong with it is told.</summary>
internal static class LogVectors
{
    public static void Check(VectorCase vector)
    {
        ReadOnlyMemory<byte>[] trusted = [.. vector.HexList("trusted").Select(key => (ReadOnlyMemory<byte>)key)];
        var report = LogCheck.Block(vector.Hex("block"), trusted);
        Assert.Equal(vector.Text("problem"), report.Problem?.ToString() ?? "");
        Assert.Equal(vector.Number("at"), (ulong)(report.ProblemAt ?? 0));
        Assert.Equal(vector.Number("entries"), (ulong)report.Entries.Count);
        var countersigned = vector.Hex("countersigned").Chunk(2).Select(number => (uint)BinaryPrimitives.ReadUInt16BigEndian(number));
        Assert.Equal(countersigned, report.Countersigned);
        Assert.Equal(report.Problem == LogProblem.Malformed, report.Opening is null);
        var file = "<html>" + LogCheck.Armor(vector.Hex("block")) + "</html>";
        Assert.Equal(report.Problem, LogCheck.File(file, trusted).Problem);
    }
}
