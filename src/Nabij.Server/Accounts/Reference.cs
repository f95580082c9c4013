using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Nabij.Server.Accounts;

/// <summary>A random secret for a cookie, and the hash under which the database knows it.</summary>
internal static class Reference
{
    private const int SignInBytes = 32;

    internal static string Create(int bytes = SignInBytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>A plain hash is enough: the secret has at least 128 random bits.</summary>
    internal static string Hash(string reference) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reference)));
}
