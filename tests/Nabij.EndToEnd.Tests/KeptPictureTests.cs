using System.Text;
using Microsoft.Playwright;
using Nabij.EndToEnd.Tests.Stage;
using Nabij.Protocol.Log;

namespace Nabij.EndToEnd.Tests;

/// <summary>A picture of the customer's screen from the canvas to the record and back: sealed in one browser page, opened in another, never at the server.</summary>
public sealed class KeptPictureTests
{
    private const string Passphrase = "vier groene fietsen", Caption = "<b>Printer</b> is stuk";

    [Fact, Trait("Invariant", "1")]
    public async Task A_kept_picture_is_told_to_the_customer_sealed_at_the_server_and_opens_pixel_by_pixel_with_the_passphrase()
    {
        await using var stage = await Session.StartAsync();
        var (desk, page) = (stage.Desk, stage.Desk.Page);
        await desk.PictureEqualsAsync(stage.Desktop);
        await MakeKeyAsync(stage);

        await page.Keyboard.PressAsync("Control+Alt+Shift+ArrowUp");
        await page.WaitForSelectorAsync(".keep-dialog[open]");
        // Black out from one corner to another with the keyboard, then take it back.
        await page.Keyboard.PressAsync("Space");
        for (var i = 0; i < 5; i++) await page.Keyboard.PressAsync("ArrowDown");
        for (var i = 0; i < 5; i++) await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Space");
        await page.GetByText("1 area is blacked out.").WaitForAsync();
        await desk.ShotAsync("keep-picture-en");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.FillAsync("#keep-caption", Caption);
        var shown = await PixelsAsync(page, "document.querySelector('.keep-dialog canvas')");
        await page.PressAsync("#keep-caption", "Enter");
        await page.GetByText("The picture is kept with the notes.").WaitForAsync();
        var told = await stage.Customer.EventAsync("picture-kept");
        Assert.Equal(1, told.GetProperty("person").GetInt32());
        var number = told.GetProperty("picture").GetString();
        Assert.DoesNotContain(desk.Console, line => line.StartsWith("error", StringComparison.Ordinal));

        byte[][] plain = [[0x89, .. "PNG\r\n"u8], "IHDR"u8.ToArray(), Encoding.UTF8.GetBytes(Caption), Encoding.UTF8.GetBytes(Passphrase)];
        var files = Directory.EnumerateFiles(stage.Shop.Folder, "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length > 0).Select(ReadShared).ToList();
        Assert.Contains(files, bytes => bytes.AsSpan().IndexOf("NKP1"u8) >= 0);
        Assert.DoesNotContain(files, bytes => plain.Any(wanted => bytes.AsSpan().IndexOf(wanted) >= 0));

        // In the notes: a wrong passphrase says so, the right one opens the picture for this sign-in.
        await page.Keyboard.PressAsync("Control+Alt+Shift+Insert");
        await page.FillAsync("#notes .picture-opener input", "vier groene fiets");
        await page.PressAsync("#notes .picture-opener input", "Enter");
        await page.GetByText("This is not the passphrase.").WaitForAsync();
        await page.FillAsync("#notes .picture-opener input", Passphrase);
        await page.PressAsync("#notes .picture-opener input", "Enter");
        await page.Locator("#notes figcaption").WaitForAsync();
        await desk.ShotAsync("kept-picture-notes-en");

        var record = await desk.Context.NewPageAsync();
        await record.GotoAsync($"{stage.Shop.Origin}/records?lang=en");
        await record.GotoAsync(stage.Shop.Origin + await record.Locator("a[href^='/records/sessions/']").First.GetAttributeAsync("href"));
        await record.Locator("#pictures figcaption").WaitForAsync();
        Assert.Equal(Caption, await record.InnerTextAsync("#pictures figcaption"));
        Assert.Equal(0, await record.Locator("#pictures figcaption b").CountAsync());
        Assert.Equal(number, await record.InnerTextAsync("#pictures code"));
        Assert.Equal(shown, await PixelsAsync(record, "document.querySelector('#pictures img')"));
        await record.ScreenshotAsync(new() { Path = Path.Combine(Programs.Results, "kept-picture-record-en.png"), FullPage = true });

        await record.ClickAsync("a[href*='/report']");
        await record.Locator("#pictures figcaption").WaitForAsync();
        await record.ScreenshotAsync(new() { Path = Path.Combine(Programs.Results, "kept-picture-report-en.png"), FullPage = true });

        // Closed by hand, the passphrase is asked for again, everywhere.
        await record.GetByRole(AriaRole.Button, new() { Name = "Close the pictures" }).ClickAsync();
        await record.Locator(".picture-opener:visible").WaitForAsync();
        Assert.Equal(0, await record.Locator("#pictures img").CountAsync());
        await record.GotoAsync(record.Url.Replace("/report", "", StringComparison.Ordinal).Replace("lang=en", "lang=nl", StringComparison.Ordinal));
        await record.Locator(".picture-opener:visible").WaitForAsync();
        await record.EvaluateAsync("document.documentElement.style.fontSize = '200%'");
        await record.ScreenshotAsync(new() { Path = Path.Combine(Programs.Results, "kept-picture-record-nl-large.png"), FullPage = true });
        await page.ClickAsync("#end");
        var report = await stage.Customer.KeptLogAsync();
        Assert.Null(report.Problem);
        Assert.Equal(number, Assert.Single(report.Entries, entry => entry.Kind == LogEntryKind.PictureKept).Picture.ToString("N"));
        Assert.DoesNotContain(stage.Customer.Process.Lines, line => line.Contains("\"event\":\"line\"", StringComparison.Ordinal));
    }

    private static async Task MakeKeyAsync(Session stage)
    {
        var settings = await stage.Desk.Context.NewPageAsync();
        await settings.GotoAsync($"{stage.Shop.Origin}/settings/pictures?lang=en");
        await settings.FillAsync("#passphrase", "too short");
        await settings.FillAsync("#passphrase-again", "too short");
        await settings.ClickAsync("#pictures-key button[type=submit]");
        await settings.GetByText("Choose a passphrase of at least 12 characters").WaitForAsync();
        await settings.ScreenshotAsync(new() { Path = Path.Combine(Programs.Results, "pictures-key-en.png"), FullPage = true });
        await settings.FillAsync("#passphrase", Passphrase);
        await settings.FillAsync("#passphrase-again", Passphrase);
        await settings.ClickAsync("#pictures-key button[type=submit]");
        await settings.GetByText("The key is made.").WaitForAsync();
        await settings.GotoAsync($"{stage.Shop.Origin}/settings/pictures?lang=nl");
        await settings.GetByText("In gebruik").WaitForAsync();
        await settings.ScreenshotAsync(new() { Path = Path.Combine(Programs.Results, "pictures-key-nl.png"), FullPage = true });
        await settings.CloseAsync();
        await stage.Desk.Page.BringToFrontAsync();
    }

    /// <summary>Width, height, and the SHA-256 of every pixel of a canvas or an image.</summary>
    private static Task<string> PixelsAsync(IPage page, string source) => page.EvaluateAsync<string>($$"""
        async () => {
          const source = {{source}};
          const [width, height] = [source.naturalWidth ?? source.width, source.naturalHeight ?? source.height];
          const canvas = Object.assign(document.createElement('canvas'), { width, height });
          const context = canvas.getContext('2d');
          context.drawImage(source, 0, 0);
          const hash = await crypto.subtle.digest('SHA-256', context.getImageData(0, 0, width, height).data);
          return `${width} ${height} ${btoa(String.fromCharCode(...new Uint8Array(hash)))}`;
        }
        """);

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
