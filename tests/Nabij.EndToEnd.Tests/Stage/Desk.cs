using Microsoft.Playwright;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>A technician's browser: Debian's Chromium, signed in at the desk.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Desk(IPlaywright playwright, IBrowser browser, IBrowserContext context, IPage page)
    {
        (this.playwright, this.browser, Context, Page) = (playwright, browser, context, page);
        page.Console += (_, message) =>
        {
            // A test reads the canvas again and again, which Chromium remarks on.
            if (!message.Text.Contains("Multiple readback operations", StringComparison.Ordinal)) Console.Add($"{message.Type} {message.Text}");
        };
        page.PageError += (_, error) => Console.Add($"error {error}");
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>What the page said to the console; a healthy session says nothing.</summary>
    public List<string> Console { get; } = [];

    public static async Task<Desk> OpenAsync(int width = 1280, int height = 800, string locale = "en-US")
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium", Headless = true, ChromiumSandbox = false,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = locale, IgnoreHTTPSErrors = true });
        return new(playwright, browser, context, await context.NewPageAsync());
    }

    public async Task SignInAsync(Shop shop)
    {
        await Page.GotoAsync($"{shop.Origin}/desk");
        await Page.FillAsync("#sign-in input[name=email]", Shop.Email);
        await Page.FillAsync("#sign-in input[name=password]", Shop.Password);
        await Page.ClickAsync("#sign-in button[type=submit]");
        await Page.WaitForSelectorAsync("#code");
    }

    public async Task ConnectAsync(string code)
    {
        await Page.FillAsync("#code", code);
        await Page.ClickAsync("#connect");
    }

    public Task StateAsync(string state) => Page.WaitForSelectorAsync($"#status[data-state='{state}']", new() { State = WaitForSelectorState.Attached });

    public Task<string> StatusTextAsync() => Page.InnerTextAsync("#status");

    /// <summary>Waits until the page has painted this many frames: whatever it had to say is said.</summary>
    public Task FramesAsync(int count) => Page.EvaluateAsync("async n => { while (n-- > 0) await new Promise(requestAnimationFrame); }", count);

    /// <summary>Red, green, blue of every pixel of the viewer's canvas.</summary>
    public async Task<(int Width, int Height, byte[] Pixels)> CanvasAsync()
    {
        var answer = await Page.EvaluateAsync<string>("""
            () => {
              const canvas = document.querySelector('#screen');
              const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              const rgb = new Uint8Array(width * height * 3);
              for (let i = 0, o = 0; i < data.length; i += 4) { rgb[o++] = data[i]; rgb[o++] = data[i + 1]; rgb[o++] = data[i + 2]; }
              let text = '';
              for (let i = 0; i < rgb.length; i += 32768) text += String.fromCharCode(...rgb.subarray(i, i + 32768));
              return `${width} ${height} ${btoa(text)}`;
            }
            """);
        var parts = answer.Split(' ');
        return (int.Parse(parts[0]), int.Parse(parts[1]), Convert.FromBase64String(parts[2]));
    }

    /// <summary>Waits until the canvas equals the desktop's framebuffer in every pixel.</summary>
    public async Task PictureEqualsAsync(Desktop desktop)
    {
        var differing = -1;
        try { await Until.TrueAsync(IsEqualAsync, () => $"an exact picture; pixels that differ: {differing}"); }
        catch (TimeoutException)
        {
            await ShotAsync("differs-desk");
            await desktop.CallAsync("import", "-silent", "-window", "root", Path.Combine(Programs.Results, "differs-host.png"));
            throw;
        }

        async Task<bool> IsEqualAsync()
        {
            var (width, height, pixels) = await CanvasAsync();
            if (width != desktop.Width || height != desktop.Height) return false;
            var truth = await desktop.FramebufferAsync();
            differing = 0;
            for (var i = 0; i < pixels.Length; i += 3)
                if (pixels[i] != truth[i] || pixels[i + 1] != truth[i + 1] || pixels[i + 2] != truth[i + 2]) differing++;
            return differing == 0;
        }
    }

    public async Task ShotAsync(string name) => await Page.ScreenshotAsync(new() { Path = Path.Combine(Programs.Results, $"{name}.png") });

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
