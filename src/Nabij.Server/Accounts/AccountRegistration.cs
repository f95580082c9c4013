using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>Makes accounts, with Identity's own checks of name and password. Scoped to a unit of work.</summary>
internal sealed class AccountRegistration(UserManager<Account> users, ServerDatabase database, TimeProvider clock)
{
    private const int MaximumNameBytes = 64, MaximumEmailLength = 254;

    /// <returns>The account, or the reasons why it cannot be made, in words.</returns>
    internal async Task<(Account? Account, IReadOnlyList<string> Problems)> CreateAsync(
        string email, string password, string displayName, IReadOnlyList<string> roles)
    {
        if (Check(email, displayName) is { } problem)
            return (null, [problem]);

        var account = new Account
        {
            Id = new Guid(RandomNumberGenerator.GetBytes(16)),
            OrganizationId = database.CurrentOrganizationId,
            Email = email,
            UserName = email,
            DisplayName = displayName,
            CreatedAt = clock.GetUtcNow(),
        };
        var result = await users.CreateAsync(account, password);
        if (!result.Succeeded)
            return (null, [.. result.Errors.Select(error => error.Description)]);

        database.AddRange(roles.Select(role => new AccountRole { OrganizationId = account.OrganizationId, AccountId = account.Id, Role = role }));
        await database.SaveChangesAsync();
        return (account, []);
    }

    private static string? Check(string email, string displayName)
    {
        if (email.Length is < 3 or > MaximumEmailLength || email.Count(letter => letter == '@') != 1 || email.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
            return $"\"{email}\" is not an e-mail address.";
        if (displayName.Length == 0 || Encoding.UTF8.GetByteCount(displayName) > MaximumNameBytes || displayName.Any(char.IsControl))
            return $"The name must have 1 to {MaximumNameBytes} bytes and no control characters.";
        return null;
    }
}
