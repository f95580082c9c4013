using System.Text.Json;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>Two people who write numbered lines to each other, whenever their programs let them.</summary>
internal sealed class NumberedTalk(Session session)
{
    private const string SayAtTheDesk = """
        text => {
          const pane = document.querySelector('#chat');
          const field = pane.querySelector('textarea');
          if (pane.hidden || pane.parentElement.hidden || field.disabled || field.form.querySelector('[type=submit]').disabled) return false;
          field.value = text;
          field.form.requestSubmit();
          return true;
        }
        """;

    // The pane keeps its newest lines only.
    private const string NoteLines = """
        () => {
          const noted = window.notedLines = [];
          const note = (node) => { if (node.matches?.('li.theirs')) noted.push(node.querySelector('.line').textContent); };
          new MutationObserver((changes) => { for (const { addedNodes } of changes) addedNodes.forEach(note); })
            .observe(document.querySelector('#chat [role=log] ol'), { childList: true });
        }
        """;

    private int asked;

    /// <summary>Lines of the technician's so far.</summary>
    public int ByTechnician { get; private set; }

    /// <summary>Lines of the customer's so far.</summary>
    public int ByCustomer { get; private set; }

    public async Task OpenAsync()
    {
        await session.Desk.Page.Keyboard.PressAsync("Control+Alt+Shift+Enter");
        await session.Desk.Page.WaitForSelectorAsync("#chat textarea");
        await session.Desk.Page.EvaluateAsync(NoteLines);
    }

    /// <summary>Each says one more line, if it can now.</summary>
    public async Task SayAsync()
    {
        if (await session.Desk.Page.EvaluateAsync<bool>(SayAtTheDesk, $"technician {ByTechnician + 1}")) ByTechnician++;
        await session.Customer.DoAsync($"say customer {ByCustomer + 1}");
        asked++;
        await Until.TrueAsync(() => Count("said") + Count("not-said") == asked, () => $"the customer's program taking the line; it has exited: {session.Customer.Process.HasExited}; it said {session.Customer.Process.Everything}");
        ByCustomer = Count("said");
    }

    /// <summary>Every line has come over, once, in order, and each person knows it of the own.</summary>
    public async Task AllArrivedAsync()
    {
        var page = session.Desk.Page;
        await Until.TrueAsync(() => Count("line") >= ByTechnician, () => $"{ByTechnician} lines at the customer; {Count("line")} came");
        await Until.TrueAsync(async () => (await NotedAsync()).Length >= ByCustomer, () => $"{ByCustomer} lines at the desk");
        Assert.Equal(Numbered("technician", ByTechnician), Heard());
        Assert.Equal(Numbered("customer", ByCustomer), await NotedAsync());
        await Until.TrueAsync(() => Delivered() == ByCustomer, () => $"the mark of the customer's last line; {Delivered()} of {ByCustomer}");
        await Until.TrueAsync(
            async () => (await page.Locator("#chat li.own .mark").AllInnerTextsAsync()).All(mark => !mark.Contains("on its way", StringComparison.Ordinal)),
            () => "the marks of the technician's lines");
    }

    private Task<string[]> NotedAsync() => session.Desk.Page.EvaluateAsync<string[]>("() => window.notedLines");

    private static IEnumerable<string> Numbered(string who, int count) => Enumerable.Range(1, count).Select(number => $"{who} {number}");

    private IEnumerable<string> Heard() => Events("line").Select(line => line.GetProperty("text").GetString()!);

    private int Delivered() => Events("marked").Select(mark => mark.GetProperty("delivered").GetInt32()).LastOrDefault();

    private int Count(string name) => session.Customer.Process.Lines.Count(line => Is(line, name));

    private IEnumerable<JsonElement> Events(string name) =>
        session.Customer.Process.Lines.Where(line => Is(line, name)).Select(line => JsonDocument.Parse(line).RootElement);

    private static bool Is(string line, string name) => line.Contains($"\"event\":\"{name}\"", StringComparison.Ordinal);
}
