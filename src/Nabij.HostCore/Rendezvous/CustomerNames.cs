using System.Text;

namespace Nabij.HostCore.Rendezvous;

/// <summary>Makes what a customer typed or pasted as a name fit for REGISTER (docs/protocol/01).</summary>
internal static class CustomerNames
{
    private const int MostCharacters = 64;

    /// <summary>Control characters, such as a pasted end of line, become spaces; what is over 64 characters is cut.</summary>
    public static string Fit(string text)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(MostCharacters)) kept.Append(Rune.IsControl(rune) ? new Rune(' ') : rune);
        return kept.ToString();
    }
}
