using Microsoft.AspNetCore.Identity;
using Nabij.Server.Pages;

namespace Nabij.Server.Accounts;

/// <summary>Sets a password under Identity's own checks, and says in our words why one cannot be.</summary>
internal static class PasswordChange
{
    /// <returns>Why not; empty when it is set and saved.</returns>
    internal static async Task<IReadOnlyList<Problem>> SetAsync(UserManager<Account> users, Account account, string password)
    {
        foreach (var validator in users.PasswordValidators)
        {
            if (await validator.ValidateAsync(users, account, password) is { Succeeded: false } refused)
                return [.. refused.Errors.Select(error => From(error, account.Email ?? "")).Distinct()];
        }

        account.PasswordHash = users.PasswordHasher.HashPassword(account, password);
        var result = await users.UpdateSecurityStampAsync(account);
        return [.. result.Errors.Select(error => From(error, account.Email ?? ""))];
    }

    internal static Problem From(IdentityError error, string email) => error.Code switch
    {
        "PasswordTooShort" => new Problem("problem.password-short", AccountsFeature.MinimumPasswordLength).At("password"),
        CommonPasswordRule.TooLong => new Problem("problem.password-long", CommonPasswordRule.MaximumLength).At("password"),
        CommonPasswordRule.TooCommon => new Problem("problem.password-common").At("password"),
        "DuplicateEmail" or "DuplicateUserName" => new Problem("problem.email-taken", email).At("email"),
        "InvalidEmail" or "InvalidUserName" => new Problem("problem.email", email).At("email"),
        _ => new Problem("problem.account", error.Description),
    };
}
