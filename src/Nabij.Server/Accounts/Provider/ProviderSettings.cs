using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts.Provider;

/// <summary>The provider of the request's organization, with its secret opened. Scoped to a request.</summary>
internal sealed class ProviderSettings(ServerDatabase database, DataFolder folder, IDataProtectionProvider protection)
{
    private const int LongestSecretFile = 4096;

    private readonly IDataProtector _protector = protection.CreateProtector("Nabij.Server.Accounts.Provider");

    internal Task<IdentityProvider?> FindAsync(CancellationToken cancellation) => database.Set<IdentityProvider>().AsNoTracking().SingleOrDefaultAsync(cancellation);

    internal string Protect(string secret) => Convert.ToBase64String(_protector.Protect(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The file that the operator may put the secret in, instead of the page.</summary>
    /// <param name="slug">The organization's.</param>
    internal string SecretFile(string slug) => Path.Combine(folder.KeysFolder, $"provider-{slug}.secret");

    /// <summary>Empty when there is none: then the provider takes PKCE alone.</summary>
    /// <exception cref="ProviderException">The file cannot be read, or the key ring is another one than at the time of storing.</exception>
    internal string Secret(IdentityProvider provider, string slug)
    {
        try
        {
            var file = new FileInfo(SecretFile(slug));
            if (file.Exists)
                return file.Length <= LongestSecretFile ? File.ReadAllText(file.FullName).Trim() : throw new IOException("too long");
            return provider.ClientSecret is { } text ? Encoding.UTF8.GetString(_protector.Unprotect(Convert.FromBase64String(text))) : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new ProviderException(ProviderRefusal.Unreachable, "the client secret cannot be read");
        }
    }
}
