using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>Makes accounts, with Identity's own checks of name and password. Scoped to a unit of work.</summary>
internal sealed class AccountRegistration(UserManager<Account> users, ServerDatabase database, TimeProvider clock)
{
    private const int MaximumNameBytes = 64, MaximumEmailLength = 254;

    /// <param name="email">Signs in with it.</param>
    /// <param name="password">Null for a person who is invited and sets it later.</param>
    /// <param name="displayName">As certificates carry it.</param>
    /// <param name="roles">Of <see cref="Role"/>.</param>
    /// <returns>The account, or the reasons why it cannot be made.</returns>
    internal async Task<(Account? Account, IReadOnlyList<Problem> Problems)> CreateAsync(
        string email, string? password, string displayName, IReadOnlyList<string> roles)
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
        var result = password is null ? await users.CreateAsync(account) : await users.CreateAsync(account, password);
        if (!result.Succeeded)
            return (null, [.. result.Errors.Select(error => PasswordChange.From(error, email)).Distinct()]);

        database.AddRange(roles.Select(role => new AccountRole { OrganizationId = account.OrganizationId, AccountId = account.Id, Role = role }));
        await database.SaveChangesAsync();
        return (account, []);
    }

    private static Problem? Check(string email, string displayName)
    {
        if (email.Length is < 3 or > MaximumEmailLength || email.Count(letter => letter == '@') != 1 || email.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
            return new Problem("problem.email", email).At("email");
        return CheckName(displayName);
    }

    internal static Problem? CheckName(string displayName) =>
        displayName.Length == 0 || Encoding.UTF8.GetByteCount(displayName) > MaximumNameBytes || displayName.Any(char.IsControl)
            ? new Problem("problem.person-name", MaximumNameBytes).At("name")
            : null;
}
