using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Accounts;
using Nabij.Server.Commands;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests;

/// <summary>
/// Passwords are made dear to guess, which is a third of the time of tests that sign in hundreds of times: test servers hash
/// them cheaply. Only tests can: no setting of the product changes it.
/// </summary>
public sealed class PasswordCost
{
    private const int Iterations = 100;

    internal static void Lower(IServiceCollection services) => services.PostConfigure<PasswordHasherOptions>(options => options.IterationCount = Iterations);

    /// <summary>Hashes again what a command has stored.</summary>
    internal static async Task LowerAsync(IServiceProvider services, Organization organization)
    {
        await using var database = services.GetRequiredService<DatabaseSource>().Open(organization.Id);
        var hasher = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
        foreach (var account in await database.Set<Account>().Where(row => row.PasswordHash != null).ToListAsync(TestContext.Current.CancellationToken))
            account.PasswordHash = hasher.HashPassword(account, RunningServer.Password);
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_product_hashes_passwords_as_often_as_OWASP_asks_for_SHA_512()
    {
        var folder = Directory.CreateTempSubdirectory("nabij-password-cost-");
        await using (var services = CommandServices.Build(new DataFolder(folder.FullName)))
            Assert.Equal(210_000, services.GetRequiredService<IOptions<PasswordHasherOptions>>().Value.IterationCount);
        folder.Delete(recursive: true);
    }
}
