using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Accounts;
using Nabij.Server.Api;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Api;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Web;

/// <summary>
/// A thief has the whole data folder: database and key ring (T3, R3; security.md 9, item 14). With the ring he can forge what the
/// framework protects, and from the database he knows every hash. None of it signs him in, there or here.
/// </summary>
public sealed class StolenFolderTests
{
    private const string SessionIdClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_ring_and_database_together_sign_nobody_in()
    {
        var (own, stolen) = (Directory.CreateTempSubdirectory("nabij-own-"), Directory.CreateTempSubdirectory("nabij-stolen-"));
        try
        {
            await RunningServer.SetUpAsync(new DataFolder(own.FullName));
            string cookie, token;
            await using (var before = await RunningServer.StartAsync(ServerSockets.Wide with { Folder = own }))
            {
                using var owner = await Staff.SignInAsync(before);
                cookie = owner.CookieValues()["nabij"];
                token = await ApiPeer.MakeTokenAsync(before, Scopes.All);
            }

            Copy(own, stolen);
            await using var server = await RunningServer.StartAsync(ServerSockets.Wide with { Folder = own });
            await using var copy = await RunningServer.StartAsync(ServerSockets.Wide with { Folder = stolen });
            var (forged, tokens) = await ForgeAsync(copy);
            Assert.True(forged.Count >= 5 && tokens.Count >= 3);

            foreach (var target in (RunningServer[])[server, copy])
            {
                // What is genuine is taken, so that a refusal of the rest means something.
                Assert.Equal(HttpStatusCode.OK, await AskAsync(target, cookie));
                using (var genuine = new ApiPeer(target, token))
                    Assert.Equal("", await genuine.CodeAsync("/api/v1/people"));
                foreach (var one in forged)
                    Assert.NotEqual(HttpStatusCode.OK, await AskAsync(target, one));
                foreach (var one in tokens)
                {
                    using var thief = new ApiPeer(target, one);
                    Assert.NotEqual("", await thief.CodeAsync("/api/v1/people"));
                }
            }
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            own.Delete(recursive: true);
            stolen.Delete(recursive: true);
        }
    }

    /// <summary>Cookies and tokens made of everything that the folder holds.</summary>
    private static async Task<(IReadOnlyList<string> Cookies, IReadOnlyList<string> Tokens)> ForgeAsync(RunningServer copy)
    {
        var options = copy.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme);
        await using var database = await copy.OpenDatabaseAsync();
        var signIn = await database.Set<SignIn>().AsNoTracking().FirstAsync(Cancel);
        var tokenHash = await database.Set<ApiToken>().Select(row => row.SecretHash).FirstAsync(Cancel);
        var account = await database.Set<Account>().AsNoTracking().FirstAsync(Cancel);
        var who = new SignedIn(account.OrganizationId, account.Id, account.DisplayName, signIn.ReferenceHash) { ConfirmedAt = TimeProvider.System.GetUtcNow() };
        var principal = who.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme, [Role.Owner, Role.Admin, Role.Technician]);

        string Protect(ClaimsPrincipal one) => options.TicketDataFormat.Protect(new AuthenticationTicket(one, CookieAuthenticationDefaults.AuthenticationScheme));
        string Session(string key) => Protect(new ClaimsPrincipal(new ClaimsIdentity([new Claim(SessionIdClaim, key)], CookieAuthenticationDefaults.AuthenticationScheme)));

        var hint = await database.Set<ApiToken>().Select(row => row.Hint).FirstAsync(Cancel);
        return (
            [Protect(principal), Session(signIn.ReferenceHash), Session(""), Session(account.Id.ToString()), Session(tokenHash), signIn.ReferenceHash, account.SecurityStamp ?? "stamp"],
            [tokenHash, TokenText.Prefix + tokenHash + "00000000", hint, TokenText.Create(), signIn.ReferenceHash]);
    }

    private static async Task<HttpStatusCode> AskAsync(RunningServer server, string cookie)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("Cookie", $"nabij={cookie}");
        using var answer = await client.GetAsync(new Uri("/people", UriKind.Relative), Cancel);
        return answer.StatusCode;
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var folder in from.EnumerateDirectories("*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to.FullName, Path.GetRelativePath(from.FullName, folder.FullName)));
        foreach (var file in from.EnumerateFiles("*", SearchOption.AllDirectories))
            file.CopyTo(Path.Combine(to.FullName, Path.GetRelativePath(from.FullName, file.FullName)));
    }
}
