// Goes from page to page of the table in one language: a customer who has accepted the terms, an owner who is signed in,
// strangers, and somebody at a server that is not set up. What a page complains of on the way is kept.

using Microsoft.Playwright;

namespace Nabij.Server.Tests.Pages;

internal sealed class PageWalk : IAsyncDisposable
{
    private readonly string _language;
    private readonly ViewportSize _size;
    private readonly Dictionary<Reader, IPage> _pages = [];
    private FirstRunServer? _firstRun;
    private PageLine? _line;

    internal PageWalk(PageStage stage, string language, int width = 1280, int height = 800)
    {
        (Stage, _language) = (stage, language);
        _size = new() { Width = width, Height = height };
    }

    internal PageStage Stage { get; }

    /// <summary>The code of the server that is not set up.</summary>
    internal string SetUpCode => _firstRun?.Code ?? "";

    /// <summary>What was said to the console, and what did not load: a healthy page is silent.</summary>
    internal List<string> Complaints { get; } = [];

    /// <summary>Shows each of these lines in its state.</summary>
    internal async Task GoAsync(IEnumerable<PageLine> lines, Func<PageLine, IPage, Task> look)
    {
        foreach (var line in lines)
        {
            var page = await PageForAsync(line.Reader);
            _line = line;
            await page.SetViewportSizeAsync(_size.Width, _size.Height);
            await page.GotoAsync(new Uri(line.Reader == Reader.Newcomer ? _firstRun!.Address : Stage.Server.Address, Stage.Fill(line.Path)).ToString());
            if (line.Act is { } act)
                await act(page, this);
            await look(line, page);
            _line = null;
            if (line.Reader == Reader.Stranger)
                await page.Context.CloseAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var page in _pages.Values)
            await page.Context.CloseAsync();
        if (_firstRun is not null)
            await _firstRun.DisposeAsync();
    }

    private async Task<IPage> PageForAsync(Reader reader)
    {
        if (reader == Reader.Stranger)
            return await NewPageAsync();
        if (_pages.TryGetValue(reader, out var known))
            return known;
        var page = _pages[reader] = await NewPageAsync();
        if (reader == Reader.Newcomer)
            _firstRun = await FirstRunServer.StartAsync(Stage.Clock);
        if (reader == Reader.Staff)
        {
            await page.GotoAsync($"{Stage.Server.Address}sign-in?return=%2Faccount");
            await PageTable.SignInAsync(page, RunningServer.Email);
        }

        if (reader == Reader.Customer)
            await AcceptAsync(page);
        return page;
    }

    private async Task<IPage> NewPageAsync()
    {
        var context = await Stage.NewContextAsync(_language, new() { ViewportSize = _size });
        var page = await context.NewPageAsync();
        page.Console += (_, message) => Complain(message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) ? null : $"{message.Type} {message.Text}");
        page.PageError += (_, error) => Complain(error);
        page.Response += (_, answer) => Complain(answer.Status >= 400 && answer.Request.ResourceType != "document" ? $"{answer.Status} {answer.Url}" : null);
        return page;
    }

    private void Complain(string? what)
    {
        if (what is not null && _line is { } line)
            Complaints.Add($"{line.Name} ({_language}): {what}");
    }

    private async Task AcceptAsync(IPage page)
    {
        await page.GotoAsync($"{Stage.Server.Address}o/{RunningServer.Slug}");
        foreach (var tick in (string[])["#terms", "#licence", "#backup-yes"])
            await page.CheckAsync(tick);
        await PageTable.SubmitAsync(page, "#accept");
    }
}
