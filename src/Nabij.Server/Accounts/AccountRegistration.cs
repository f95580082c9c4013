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

    /// <returns>The account, or the reasons why it cannot be made.</returns>
    internal async Task<(Account? Account, IReadOnlyList<Problem> Problems)> CreateAsync(
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
            return (null, [.. result.Errors.Select(error => From(error, email)).Distinct()]);

        database.AddRange(roles.Select(role => new AccountRole { OrganizationId = account.OrganizationId, AccountId = account.Id, Role = role }));
        await database.SaveChangesAsync();
        return (account, []);
    }

    private static Problem? Check(string email, string displayName)
    {
        if (email.Length is < 3 or > MaximumEmailLength || email.Count(letter => letter == '@') != 1 || email.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
            return new Problem("problem.email", email);
        if (displayName.Length == 0 || Encoding.UTF8.GetByteCount(displayName) > MaximumNameBytes || displayName.Any(char.IsControl))
            return new Problem("problem.owner-name", MaximumNameBytes);
        return null;
    }

    private static Problem From(IdentityError error, string email) => error.Code switch
    {
        "PasswordTooShort" => new Problem("problem.password-short", AccountsFeature.MinimumPasswordLength),
        CommonPasswordRule.TooLong => new Problem("problem.password-long", CommonPasswordRule.MaximumLength),
        CommonPasswordRule.TooCommon => new Problem("problem.password-common"),
        "DuplicateEmail" or "DuplicateUserName" => new Problem("problem.email-taken", email),
        "InvalidEmail" or "InvalidUserName" => new Problem("problem.email", email),
        _ => new Problem("problem.account", error.Description),
    };
}
