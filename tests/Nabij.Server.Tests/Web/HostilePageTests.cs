using System.Net;
using System.Net.Sockets;
using System.Text;
using Nabij.Server.Tests.Pages;

namespace Nabij.Server.Tests.Web;

/// <summary>
/// A hostile page in the browser of an owner who is signed in: once from another site, once from another port of the same host,
/// whose requests carry the owner's cookies. It tries forms, fetches, a socket and frames, and achieves nothing.
/// </summary>
[Collection(PageTests.Name)]
public sealed class HostilePageTests(PageStage stage)
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task A_hostile_page_changes_nothing_opens_no_socket_and_frames_nothing(string host)
    {
        var target = stage.Server.Address.GetLeftPart(UriPartial.Authority);
        using var attacker = new HttpListener();
        var origin = $"http://{host}:{FreePort()}";
        attacker.Prefixes.Add($"{origin}/");
        attacker.Start();
        var serving = ServeAsync(attacker, Hostile.Replace("TARGET", target, StringComparison.Ordinal));
        await using var context = await stage.NewContextAsync("en");
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{target}/sign-in?return=%2Faccount");
        await PageTable.SignInAsync(page, RunningServer.Email);
        Assert.StartsWith($"{target}/account", page.Url, StringComparison.Ordinal);

        await page.GotoAsync($"{origin}/");
        await page.WaitForFunctionAsync("() => window.over === true");
        var got = await page.EvaluateAsync<string[]>("() => window.got");
        var framed = page.Frames.Where(frame => frame != page.MainFrame && frame.Url.StartsWith(target, StringComparison.Ordinal)).ToList();

        Assert.Empty(got);
        Assert.True(await page.EvaluateAsync<int>("() => window.tried") >= 12);
        // The frames of the forms get the bare refusal; a page of ours in one would have a main part.
        foreach (var frame in framed)
            Assert.DoesNotContain("<main", await frame.ContentAsync(), StringComparison.OrdinalIgnoreCase);
        await page.GotoAsync($"{target}/people");
        Assert.DoesNotContain("evil@attacker.example", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal($"{target}/people", page.Url);
        await page.GotoAsync($"{target}/integration");
        Assert.DoesNotContain("Attacker", await page.ContentAsync(), StringComparison.Ordinal);
        attacker.Stop();
        await serving;
    }

    private const string Hostile = """
        <!DOCTYPE html><title>You have won</title><body><script>
        const target = 'TARGET';
        window.got = []; window.tried = 0;
        const forms = [
          ['/people', { email: 'evil@attacker.example', name: 'Evil', role: 'owner' }],
          ['/sign-out', {}],
          ['/account/sign-ins/end', {}],
          ['/integration/tokens', { name: 'Attacker', scope: 'people:read', days: '365' }],
          ['/integration/webhooks', { name: 'Attacker', address: 'https://attacker.example/', event: 'session.started' }],
          ['/people/limits', { 'hours-choice': 'always', 'networks-choice': 'own', networks: '192.0.2.1', 'time-zone': 'UTC' }],
        ];
        function submit([path, fields], i) {
          const frame = document.createElement('iframe');
          frame.name = `f${i}`;
          const form = document.createElement('form');
          Object.assign(form, { method: 'post', action: target + path, target: frame.name });
          for (const [name, value] of Object.entries(fields)) {
            const input = document.createElement('input');
            Object.assign(input, { type: 'hidden', name, value });
            form.append(input);
          }
          document.body.append(frame, form);
          window.tried++;
          return new Promise(done => { frame.onload = done; setTimeout(done, 1500); form.submit(); });
        }
        async function ask(path, init) {
          window.tried++;
          try {
            const answer = await fetch(target + path, { credentials: 'include', ...init });
            if (answer.type !== 'opaque') window.got.push(`read ${path}`);
          } catch { /* refused, as it should be */ }
        }
        function socket(path) {
          window.tried++;
          return new Promise(done => {
            const one = new WebSocket(target.replace('http', 'ws') + path);
            one.onopen = () => { window.got.push(`socket ${path}`); done(); };
            one.onerror = done;
          });
        }
        function frame(path) {
          window.tried++;
          return new Promise(done => {
            const one = document.createElement('iframe');
            one.src = target + path;
            one.onload = done;
            setTimeout(done, 1500);
            document.body.append(one);
          });
        }
        (async () => {
          await Promise.all(forms.map(submit));
          await ask('/desk/waiting', {});
          await ask('/api/v1/people', {});
          await ask('/api/v1/people', { headers: { Authorization: 'Bearer x' } });
          await ask('/desk/tickets', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"nameplate":"417"}' });
          await ask('/desk/tickets', { method: 'POST', mode: 'no-cors', body: '{"nameplate":"417"}' });
          await ask('/people', { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ email: 'evil@attacker.example', name: 'Evil', role: 'admin' }) });
          await Promise.all([socket('/ws/viewer'), socket('/ws/host')]);
          await Promise.all([frame('/desk'), frame('/sign-in'), frame('/people')]);
          window.over = true;
        })();
        </script>
        """;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task ServeAsync(HttpListener listener, string page)
    {
        var bytes = Encoding.UTF8.GetBytes(page);
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.OutputStream.WriteAsync(bytes);
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
