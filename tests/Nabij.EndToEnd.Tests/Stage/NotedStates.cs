using System.Text.Json;
using Microsoft.Playwright;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>The states that a session's page has shown, with the time of each, as the page itself noted them.</summary>
internal sealed class NotedStates(IPage page)
{
    public sealed record Noted(string State, DateTimeOffset At);

    public Task BeginAsync() => page.EvaluateAsync("""
        () => {
          const status = document.querySelector('#status');
          const noted = window.notedStates = [];
          const note = () => { if (status.dataset.state !== noted.at(-1)?.[0]) noted.push([status.dataset.state, Date.now()]); };
          note();
          new MutationObserver(note).observe(status, { attributes: true, attributeFilter: ['data-state'] });
        }
        """);

    /// <summary>In order; never the same twice in a row.</summary>
    public async Task<IReadOnlyList<Noted>> AllAsync()
    {
        var noted = await page.EvaluateAsync<JsonElement>("() => window.notedStates");
        return [.. noted.EnumerateArray().Select(one => new Noted(one[0].GetString()!, DateTimeOffset.FromUnixTimeMilliseconds((long)one[1].GetDouble())))];
    }
}
