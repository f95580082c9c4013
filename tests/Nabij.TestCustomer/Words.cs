using System.Globalization;
using System.Text;
using Nabij.HostCore.Rendezvous;

namespace Nabij.TestCustomer;

/// <summary>Names of the engine's values as the events spell them, and sentences for the person who reads the console.</summary>
internal static class Words
{
    /// <summary>ConnectionLost becomes connection-lost.</summary>
    public static string Of(Enum value)
    {
        var text = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }

    public static string Explain(Trouble trouble) => trouble.Kind switch
    {
        TroubleKind.Network => "The server cannot be reached. Check its address and that it runs.",
        TroubleKind.Tls => "The server could not prove who it is: its certificate is not trusted here. Give it by --server-certificate in tests.",
        TroubleKind.Proxy => "The proxy of this network wants a sign-in, so the server cannot be reached.",
        TroubleKind.Clock => string.Create(CultureInfo.InvariantCulture,
            $"This computer's clock is wrong: it says {trouble.Local:u}, the server {trouble.Server:u}. Set it and start again."),
        TroubleKind.Terms => "The server's terms are not in order.",
        TroubleKind.Outdated => "The server wants a newer program.",
        TroubleKind.Full => "The server has no code free at the moment. Try again in a few minutes.",
        TroubleKind.Limited => "The server allows no more connections from this network for now. Try again later.",
        TroubleKind.Organization => "The server does not know this organization, or does not let this program in.",
        TroubleKind.Expired => "Nobody used the code while the server kept it. Start again for a new one.",
        TroubleKind.Screen => "The display has gone away, so nothing can be shown any more.",
        _ => "The server answers, but not as it should.",
    };
}
