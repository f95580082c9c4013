using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Api;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests.Api;

/// <summary>Another program with a token: calls the API and reads its answers.</summary>
internal sealed class ApiPeer : IDisposable
{
    private readonly HttpClient _client;

    internal ApiPeer(RunningServer server, string? token)
    {
        Token = token ?? "";
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Address };
        if (token is not null)
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    internal string Token { get; }

    internal HttpClient Client => _client;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A token of this person, as the page makes it.</summary>
    internal static async Task<string> MakeTokenAsync(RunningServer server, IReadOnlyList<string> scopes, string email = RunningServer.Email, string? networks = null, int days = 30)
    {
        await using var scope = server.Services.CreateAsyncScope();
        await using var all = server.Services.GetRequiredService<DatabaseSource>().OpenUnscoped();
        var maker = await all.Set<Account>().OfEveryOrganization().SingleAsync(row => row.Email == email, Cancel);
        scope.ServiceProvider.GetRequiredService<OrganizationScope>().Enter(maker.OrganizationId);
        var who = new SignedIn(maker.OrganizationId, maker.Id, maker.DisplayName, "");
        var (text, problem) = await scope.ServiceProvider.GetRequiredService<TokenActs>().MakeAsync(
            who, new TokenForm { Name = "ticket system", Scopes = scopes, Days = days, Networks = networks }, Cancel);
        Assert.True(text is not null, problem?.Key);
        return text;
    }

    internal static async Task<ApiPeer> WithAsync(RunningServer server, params string[] scopes) =>
        new(server, await MakeTokenAsync(server, scopes.Length == 0 ? Scopes.All : scopes));

    internal Task<(HttpStatusCode Status, JsonElement Json)> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    internal Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(string path, string json, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return SendAsync(request);
    }

    internal async Task<(HttpStatusCode Status, JsonElement Json)> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await _client.SendAsync(request, Cancel);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
        }
    }

    /// <summary>The stable word of a refusal.</summary>
    internal async Task<string> CodeAsync(string path)
    {
        var (status, json) = await GetAsync(path);
        return (int)status < 400 ? "" : json.GetProperty("code").GetString() ?? "";
    }

    public void Dispose() => _client.Dispose();
}
