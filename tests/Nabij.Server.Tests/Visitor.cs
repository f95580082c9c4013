using System.Net;
using System.Text.RegularExpressions;

namespace Nabij.Server.Tests;

/// <summary>A browser in a test: keeps cookies, asks for pages, sends the form token that the page before gave it.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _client;

    internal Visitor(Uri address, HttpMessageHandler? inner = null)
    {
        var handler = inner ?? new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false };
        _client = new HttpClient(handler) { BaseAddress = address };
        _client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        _client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    internal CookieContainer Cookies { get; } = new();

    internal HttpClient Client => _client;

    internal Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    internal async Task<string> ReadAsync(string path)
    {
        using var response = await GetAsync(path);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Loads a page, then sends its form with these fields.</summary>
    internal async Task<HttpResponseMessage> SubmitAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var token = FormToken(await ReadAsync(page));
        return await PostAsync(action, [("antiforgery", token), .. fields]);
    }

    internal Task<HttpResponseMessage> PostAsync(string action, params (string Name, string Value)[] fields) => _client.PostAsync(
        new Uri(action, UriKind.Relative),
        new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        TestContext.Current.CancellationToken);

    internal Task<HttpResponseMessage> SignInAsync(string email = RunningServer.Email, string password = RunningServer.Password) =>
        SubmitAsync("/sign-in", "/sign-in", ("email", email), ("password", password), ("return", "/desk"));

    internal static string FormToken(string html) => TokenField().Match(html).Groups[1].Value;

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"antiforgery\" (?:value|content)=\"([^\"]*)\"")]
    private static partial Regex TokenField();
}
