using System.Net.ServerSentEvents;
using System.Text.Json;
using Nabij.Server.Desk.Waiting;

namespace Nabij.Server.Tests.Desk;

/// <summary>A page that follows the waiting room: puts together from the events what it would show.</summary>
internal sealed class FollowedPage : IAsyncDisposable
{
    private readonly Dictionary<string, WaitingLine> _lines = new(StringComparer.Ordinal);
    private readonly Stream _stream;
    private readonly IAsyncEnumerator<SseItem<string>> _events;
    private bool _hasList;

    private FollowedPage(Stream stream, CancellationToken cancellation)
    {
        _stream = stream;
        _events = SseParser.Create(stream).EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
    }

    /// <summary>What the page shows.</summary>
    internal IReadOnlyCollection<WaitingLine> Shown => _lines.Values;

    /// <summary>Bytes of all events so far.</summary>
    internal long Received { get; private set; }

    internal static async Task<FollowedPage> OpenAsync(HttpResponseMessage answer, CancellationToken cancellation) =>
        new(await answer.Content.ReadAsStreamAsync(cancellation), cancellation);

    internal static async Task<(FollowedPage Page, HttpResponseMessage Answer)> OpenAsync(Visitor visitor, CancellationToken cancellation)
    {
        var answer = await visitor.Client.GetAsync(new Uri("/desk/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        answer.EnsureSuccessStatusCode();
        return (await OpenAsync(answer, cancellation), answer);
    }

    /// <summary>The next event; false when the stream is over.</summary>
    internal async Task<bool> MoveAsync()
    {
        if (!await _events.MoveNextAsync())
            return false;
        Received += _events.Current.Data.Length;
        if (_events.Current.EventType == "waiting")
        {
            Assert.False(_hasList, "the whole list comes once");
            _hasList = true;
            Take(JsonSerializer.Deserialize<WaitingList>(_events.Current.Data, JsonSerializerOptions.Web)!.Customers);
            return true;
        }

        Assert.Equal("change", _events.Current.EventType);
        var change = JsonSerializer.Deserialize<WaitingChange>(_events.Current.Data, JsonSerializerOptions.Web)!;
        foreach (var nameplate in change.Gone)
            Assert.True(_lines.Remove(nameplate), $"{nameplate} is gone but was not there");
        Take(change.Came);
        return true;
    }

    /// <summary>What the page shows after the next event.</summary>
    internal async Task<IReadOnlyCollection<WaitingLine>> NextAsync()
    {
        Assert.True(await MoveAsync());
        return _lines.Values;
    }

    /// <summary>Follows until the page shows this.</summary>
    internal async Task<IReadOnlyCollection<WaitingLine>> UntilAsync(Func<IReadOnlyCollection<WaitingLine>, bool> shows)
    {
        while (!_hasList || !shows(_lines.Values))
            await NextAsync();
        return _lines.Values;
    }

    private void Take(IEnumerable<WaitingLine> lines)
    {
        foreach (var line in lines)
            _lines[line.Nameplate] = line;
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        await _stream.DisposeAsync();
    }
}
