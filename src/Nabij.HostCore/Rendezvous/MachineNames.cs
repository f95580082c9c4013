using System.Text;

namespace Nabij.HostCore.Rendezvous;

/// <summary>What the host says about itself in MSG4, cut to 128 bytes (docs/protocol/02).</summary>
internal static class MachineNames
{
    private const int LongestBytes = 128;

    public static string Machine => Cut(Environment.MachineName);

    public static string User => Cut(Environment.UserName);

    private static string Cut(string text)
    {
        var kept = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > LongestBytes) break;
            bytes += rune.Utf8SequenceLength;
            kept.Append(rune);
        }
        return kept.ToString();
    }
}
