using System.Security.Cryptography;
using System.Text;
using Nabij.Server.Accounts;

namespace Nabij.Server.Organizations.FirstRun;

/// <summary>
/// The one-time code that the first start prints: who reads the server's own output may set it up. It is typed into the
/// page and stands in no address, so no history or log of a proxy ever holds it.
/// </summary>
internal sealed class SetUpCode
{
    private readonly byte[] _hash;

    public SetUpCode()
    {
        Text = RecoveryCode.Create();
        _hash = Hash(Text);
    }

    /// <summary>80 random bits in four groups of four.</summary>
    internal string Text { get; }

    internal bool Matches(string typed) => CryptographicOperations.FixedTimeEquals(_hash, Hash(typed));

    private static byte[] Hash(string text) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant()));
}
