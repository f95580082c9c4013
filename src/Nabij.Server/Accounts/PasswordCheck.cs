using Microsoft.AspNetCore.Identity;

namespace Nabij.Server.Accounts;

/// <summary>
/// Compares passwords, a few at a time: hashing is made slow on purpose, and a flood of sign-ins must not take the
/// processor from running sessions. An unknown name costs the same as a known one.
/// </summary>
internal sealed class PasswordCheck : IDisposable
{
    private const int MaximumWaiting = 64;

    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly PasswordHasher<Account> _hasher;
    private readonly string _nobody;
    private int _waiting;

    public PasswordCheck(Microsoft.Extensions.Options.IOptions<PasswordHasherOptions> options)
    {
        _hasher = new PasswordHasher<Account>(options);
        _nobody = _hasher.HashPassword(NoAccount(), Reference.Create());
    }

    /// <returns>Null when too many wait already; the caller says "busy".</returns>
    internal async Task<bool?> MatchesAsync(Account? account, string password, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > MaximumWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _turns.WaitAsync(cancellation);
            try
            {
                var result = _hasher.VerifyHashedPassword(account ?? NoAccount(), account?.PasswordHash ?? _nobody, password);
                return account?.PasswordHash is not null && result != PasswordVerificationResult.Failed;
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _turns.Dispose();

    private static Account NoAccount() => new() { OrganizationId = Guid.Empty, DisplayName = "", CreatedAt = DateTimeOffset.UnixEpoch };
}
