using System.Net;
using System.Text.RegularExpressions;

namespace Nabij.Server.Tests.Web;

public sealed partial class HeaderTests
{
    private static readonly string[] Paths =
    [
        "/", "/o/test", "/o/test?lang=nl", "/o/none", "/o/test/terms", "/o/test/terms/1/nl", "/o/test/licence/1/en", "/o/test/organization.json",
        "/o/test/brand.css", "/o/test/download", "/o/test/download/linux-x64", "/download/linux-x64", "/sign-in", "/sign-in/second-factor", "/desk",
        "/desk/events", "/ws/host", "/ws/viewer", "/healthz", "/readyz", "/site.css", "/nabij.svg", "/no/such/page", "/set-up",
    ];

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();

        foreach (var path in Paths)
        {
            using var answer = await visitor.GetAsync(path);
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
            Assert.Equal("require-corp", Header(answer, "Cross-Origin-Embedder-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
            Assert.Contains("camera=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
            Assert.Contains("default-src 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Server"), path);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"), path);
            Assert.False(answer.Headers.Contains("Strict-Transport-Security"), path);
            Assert.Contains(path is "/site.css" or "/nabij.svg" ? "no-cache" : "no-store", Header(answer, "Cache-Control"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_the_worker_may_compile_the_decoder()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();

        using var worker = await visitor.GetAsync("/viewer/worker.js");
        Assert.Equal(HttpStatusCode.OK, worker.StatusCode);
        Assert.Contains("; script-src 'self' 'wasm-unsafe-eval';", Header(worker, "Content-Security-Policy"), StringComparison.Ordinal);
        foreach (var path in (string[])["/desk", "/viewer/desk.js"])
        {
            using var other = await visitor.GetAsync(path);
            Assert.DoesNotContain("unsafe", Header(other, "Content-Security-Policy"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Scripts_run_by_a_nonce_that_no_two_answers_share()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();

        var nonces = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await visitor.GetAsync("/desk");
            var policy = Header(answer, "Content-Security-Policy");
            var nonce = Nonce().Match(policy).Groups[1].Value;
            Assert.Contains($"nonce=\"{nonce}\"", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
            Assert.Contains("require-trusted-types-for 'script'; trusted-types nabij-worker", policy, StringComparison.Ordinal);
            Assert.True(nonces.Add(nonce));
        }
    }

    [Fact]
    public async Task Pages_hold_no_inline_style_and_no_script_without_a_nonce()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { DemandsSecondFactor = true });
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();
        (await visitor.AcceptAsync()).Dispose();

        foreach (var path in (string[])["/", "/o/test?lang=nl", "/o/test/download", "/sign-in", "/sign-in/second-factor", "/no/such/page"])
        {
            using var answer = await visitor.GetAsync(path);
            var nonce = Nonce().Match(Header(answer, "Content-Security-Policy")).Groups[1].Value;
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            // Customers' pages have none at all; where people sign in, passkeys need one.
            if (!path.StartsWith("/sign-in", StringComparison.Ordinal)) Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.All(Script().Matches(html), script => Assert.Contains($"src=\"/viewer/account.js\" nonce=\"{nonce}\"></script>", WebUtility.HtmlDecode(script.Value), StringComparison.Ordinal));
            Assert.DoesNotContain(" style=", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<style", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" onclick=", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("href=\"http", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("src=\"http", html, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task With_https_browsers_are_told_to_stay_with_it()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Arguments = ["--urls", "https://127.0.0.1:0", "--self-signed"] });
        using var visitor = server.Visit();

        using var answer = await visitor.GetAsync("/");

        Assert.Equal("max-age=31536000", Header(answer, "Strict-Transport-Security"));
        Assert.Contains("upgrade-insecure-requests", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_and_files_may_connect_to_our_own_sockets_by_name_and_to_nothing_else()
    {
        await using var plain = await RunningServer.StartAsync();
        await using var secure = await RunningServer.StartAsync(new ServerChoices { Arguments = ["--urls", "https://127.0.0.1:0", "--self-signed", "--origin", "https://help.example.nl"] });

        foreach (var (server, sockets) in ((RunningServer, string)[])[(plain, $"ws://{plain.Address.Authority}"), (secure, "wss://help.example.nl")])
        {
            using var visitor = server.Visit();
            foreach (var path in (string[])["/", "/sign-in", "/site.css", "/no/such/page"])
            {
                using var answer = await visitor.GetAsync(path);
                Assert.Contains($"; connect-src 'self' {sockets};", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            }
        }
    }

    /// <summary>A page of a new server must never run with a script or a worker that the browser kept from an older one.</summary>
    [Fact]
    public async Task Files_are_asked_for_again_at_each_visit_and_sent_only_when_they_changed()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        var root = server.Services.GetRequiredService<IWebHostEnvironment>().WebRootPath;
        var files = Directory.GetFiles(root, "*.*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".js" or ".css" or ".svg").ToList();
        Assert.Contains(files, file => file.EndsWith("desk.js", StringComparison.Ordinal));

        foreach (var path in files.Select(file => "/" + Path.GetRelativePath(root, file).Replace('\\', '/')))
        {
            using var first = await visitor.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            Assert.Equal("no-cache", Header(first, "Cache-Control"));
            Assert.Equal("nosniff", Header(first, "X-Content-Type-Options"));
            Assert.NotNull(first.Headers.ETag);
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag);
            using var again = await visitor.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal("no-cache", Header(again, "Cache-Control"));
        }
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : "";

    [GeneratedRegex("<script.*?</script>|<script", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();
}
