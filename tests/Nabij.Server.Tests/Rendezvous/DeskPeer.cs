using System.Net;
using System.Net.WebSockets;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Desk;

namespace Nabij.Server.Tests.Rendezvous;

/// <summary>A technician at the desk: signed in, with the form token, able to ask for tickets and to join.</summary>
internal sealed class DeskPeer : IDisposable
{
    private readonly RunningServer _server;
    private readonly Visitor _visitor;
    private readonly Peers _sockets = new();

    private DeskPeer(RunningServer server, Visitor visitor)
    {
        _server = server;
        _visitor = visitor;
    }

    internal Visitor Visitor => _visitor;

    internal string Token { get; private set; } = "";

    internal static async Task<DeskPeer> SignInAsync(RunningServer server, string email = RunningServer.Email)
    {
        var visitor = server.Visit();
        using var answer = await visitor.SignInAsync(email);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var desk = new DeskPeer(server, visitor);
        desk.Token = Visitor.FormToken(await visitor.ReadAsync("/desk"));
        Assert.NotEqual("", desk.Token);
        return desk;
    }

    internal async Task<HttpResponseMessage> PostContentAsync(string path, HttpContent content, bool withToken = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (withToken)
            request.Headers.Add("X-Nabij-Antiforgery", Token);
        return await _visitor.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    internal Task<HttpResponseMessage> PostAsync<T>(string path, T body) => PostContentAsync(path, JsonContent.Create(body));

    internal async Task<string> TicketAsync(string nameplate)
    {
        using var answer = await PostAsync("/desk/tickets", new TicketRequest(nameplate));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<TicketAnswer>(TestContext.Current.CancellationToken))!.Ticket;
    }

    /// <summary>A ticket, a socket and JOIN; the answer is PAIRED or REFUSED.</summary>
    internal async Task<(ClientWebSocket Socket, RendezvousMessage Answer)> JoinAsync(string nameplate, CancellationToken cancellation) =>
        await JoinAsync(await TicketAsync(nameplate), nameplate, cancellation);

    internal async Task<(ClientWebSocket Socket, RendezvousMessage Answer)> JoinAsync(string ticket, string nameplate, CancellationToken cancellation)
    {
        var socket = _sockets.Add(await _server.OpenViewerAsync(cancellation));
        var join = new Join { Ticket = Convert.FromHexString(ticket), Nameplate = nameplate };
        await socket.SendAsync(join.Encode(), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        var answer = await socket.ReceiveTextAsync(cancellation);
        return (socket, RendezvousMessage.DecodeForViewer(System.Text.Encoding.UTF8.GetBytes(answer)));
    }

    public void Dispose()
    {
        _sockets.Dispose();
        _visitor.Dispose();
    }
}
