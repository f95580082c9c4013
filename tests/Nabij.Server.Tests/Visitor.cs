using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Nabij.Server.Tests;

/// <summary>A browser in a test: keeps cookies, asks for pages, sends the form token that the page before gave it.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _client;

    /// <param name="address">Where the server listens.</param>
    /// <param name="trusted">The server's own certificate, with https.</param>
    internal Visitor(Uri address, X509Certificate2? trusted = null)
    {
        var handler = new SocketsHttpHandler
        {
            CookieContainer = Cookies,
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                    (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 && certificate?.GetCertHashString() == trusted?.GetCertHashString(),
            },
        };
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

    /// <summary>The cookies that the browser would send now, by name.</summary>
    internal Dictionary<string, string> CookieValues() => Cookies.GetAllCookies().ToDictionary(cookie => cookie.Name, cookie => cookie.Value);

    /// <summary>Accepts the terms on the help page.</summary>
    internal async Task<HttpResponseMessage> AcceptAsync(string language = "en", string backup = "yes", string version = "1") => await SubmitAsync(
        $"/o/{RunningServer.Slug}?lang={language}",
        $"/o/{RunningServer.Slug}/accept?lang={language}",
        ("version", version), ("language", language), ("terms", "yes"), ("licence", "yes"), ("backup", backup));

    internal Task<HttpResponseMessage> SignInAsync(string email = RunningServer.Email, string password = RunningServer.Password) =>
        SubmitAsync("/sign-in", "/sign-in", ("email", email), ("password", password), ("return", "/desk"));

    internal static string FormToken(string html) => TokenField().Match(html).Groups[1].Value;

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"antiforgery\" (?:value|content)=\"([^\"]*)\"")]
    private static partial Regex TokenField();
}
