using System.Buffers.Text;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Accounts;
using Nabij.Server.Accounts.Provider;
using Nabij.Server.Api;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Api;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;
using Nabij.Server.Web;

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

    [Fact]
    public async Task Key_ring_and_database_together_link_nobody_to_an_account_of_the_identity_provider()
    {
        await using var provider = await SmallProvider.StartAsync();
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with
        {
            Settings = new() { ["Provider:Answer"] = "00:00:25", ["Provider:PrivateNetworks"] = "127.0.0.0/8", ["RateLimits:AccountsPerMinute"] = "100000" },
        });
        using var owner = await Staff.SignInAsync(server);
        (await owner.SubmitAsync("/people/ways", "/people/ways/provider",
            ("name", "Example account"), ("issuer", provider.Issuer), ("client-id", SmallProvider.Client), ("secret", SmallProvider.Secret), ("asks-second-factor", "yes"))).Dispose();
        // The owner is on the way to the provider at this moment: the stolen table has that journey too.
        using var left = await owner.GetAsync("/account/provider");
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        provider.Is("the thief", "thief@example.test");

        foreach (var purpose in (string[])["connect", "confirm", "sign-in"])
        {
            foreach (var items in await ForgeJourneysAsync(server, purpose))
            {
                await ArriveAsync(server, provider, items);
                await using var database = await server.OpenDatabaseAsync();
                Assert.Equal(0, await database.Set<ProviderSubject>().CountAsync(Cancel));
            }
        }

        // What the owner began is still there, and so is the forger's tool: a state with the true reference would be taken.
        provider.Is("boss", RunningServer.Email);
        using (var back = await owner.GetAsync($"/sign-in/provider/return{provider.Visit(left.Headers.Location!)}"))
            Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        await using var after = await server.OpenDatabaseAsync();
        Assert.Equal("boss", (await after.Set<ProviderSubject>().SingleAsync(Cancel)).Subject);
    }

    /// <summary>States with everything that the tables and the ring give: who asks spelled out, and hashes in the place of references.</summary>
    private static async Task<IReadOnlyList<Dictionary<string, string?>>> ForgeJourneysAsync(RunningServer server, string purpose)
    {
        await using var database = await server.OpenDatabaseAsync();
        var signIn = await database.Set<SignIn>().AsNoTracking().SingleAsync(Cancel);
        var journey = await database.Set<ProviderJourney>().AsNoTracking().SingleAsync(Cancel);
        var spelled = new Dictionary<string, string?>
        {
            ["nabij.OrganizationId"] = signIn.OrganizationId.ToString(), ["nabij.Purpose"] = purpose, ["nabij.ReturnPath"] = "/account", ["nabij.Language"] = "en", ["nabij.Nonce"] = journey.Nonce,
            ["nabij.SignIn"] = signIn.ReferenceHash, ["nabij.AccountId"] = signIn.AccountId.ToString(),
            ["nabij.BeganAt"] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            [ProviderJourneys.OrganizationItem] = signIn.OrganizationId.ToString(),
        };
        return [.. ((string[])["", journey.ReferenceHash, signIn.ReferenceHash, journey.Nonce, signIn.AccountId.ToString()])
            .Select(reference => new Dictionary<string, string?>(spelled) { [ProviderJourneys.ReferenceItem] = reference })];
    }

    /// <summary>The thief's own browser comes back from the provider, where he has signed in as himself, with a forged state and a forged cookie.</summary>
    private static async Task ArriveAsync(RunningServer server, SmallProvider provider, Dictionary<string, string?> items)
    {
        var options = server.Services.GetRequiredService<IOptionsMonitor<OAuthOptions>>().Get(ProviderHandler.SchemeName);
        const string Correlation = "forged-correlation", Verifier = "forged-verifier-of-forty-three-characters-and-more";
        var state = options.StateDataFormat.Protect(new AuthenticationProperties(new Dictionary<string, string?>(items) { [".xsrf"] = Correlation, [OAuthConstants.CodeVerifierKey] = Verifier }));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
        var origin = server.Services.GetRequiredService<PublicOrigin>().Value.Text;
        var query = provider.Visit(new Uri($"{provider.Issuer}/authorize?response_type=code&client_id={SmallProvider.Client}&code_challenge_method=S256&scope=openid%20email" +
            $"&code_challenge={challenge}&nonce={Uri.EscapeDataString(items["nabij.Nonce"] ?? "")}&redirect_uri={Uri.EscapeDataString(origin + ProviderHandler.ReturnPath)}&state={Uri.EscapeDataString(state)}"));
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("Cookie", $"{options.CorrelationCookie.Name}{Correlation}=N");
        using var answer = await client.GetAsync(new Uri(ProviderHandler.ReturnPath + query, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // It got past cookie and state: only that nobody had set out so kept it out.
        Assert.Contains("nobody set out so", (await Staff.AuditAsync(server, "provider.refused"))[^1], StringComparison.Ordinal);
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
