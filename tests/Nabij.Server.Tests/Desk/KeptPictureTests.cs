using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nabij.Protocol.Pictures;
using Nabij.Server.Accounts;
using Nabij.Server.Desk.Notes;
using Nabij.Server.Pictures;
using Nabij.Server.Rendezvous;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Desk;

public sealed class KeptPictureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sealed_picture_is_kept_with_its_session_and_handed_out_byte_by_byte_to_who_reads_its_record()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await Staff.AddAsync(server, "second@example.test", Role.Technician);
        await Staff.AddAsync(server, "auditor@example.test", Role.Auditor);
        await Staff.AddAsync(server, "admin@example.test", Role.Admin);
        var key = await AddKeyAsync(server);
        using var run = await PairedRun.StartAsync(server, Cancel);
        using var second = await DeskPeer.SignInAsync(server, "second@example.test");
        using var auditor = await Staff.SignInAsync(server, "auditor@example.test");
        using var admin = await Staff.SignInAsync(server, "admin@example.test");
        var pictures = $"/desk/sessions/{run.Id}/pictures";
        var envelope = Envelope(key, 1);

        Assert.Equal(HttpStatusCode.NotFound, await KeepAsync(run.Desk, run.Id, envelope));
        await run.BecomeSessionAsync();
        Assert.Equal(HttpStatusCode.NotFound, await KeepAsync(second, run.Id, envelope));
        Assert.Equal(HttpStatusCode.NoContent, await KeepAsync(run.Desk, run.Id, envelope));
        Assert.Equal(HttpStatusCode.NoContent, await KeepAsync(run.Desk, run.Id, envelope));
        Assert.Equal(HttpStatusCode.Conflict, await KeepAsync(run.Desk, run.Id, Envelope(key, 1, filler: 7)));

        var picture = Assert.Single((await run.Desk.Visitor.Client.GetFromJsonAsync<PicturesAnswer>(pictures, Cancel))!.Pictures);
        Assert.Equal(KeyId(key), picture.KeyId);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(second.Visitor.GetAsync(pictures)));
        var address = $"/records/pictures/{picture.Id}";
        Assert.Equal(envelope, await BytesAsync(run.Desk.Visitor, address));
        Assert.Equal(envelope, await BytesAsync(admin, address));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(auditor.GetAsync(address)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(second.Visitor.GetAsync(address)));

        var page = await admin.ReadAsync($"/records/sessions/{run.Id}?lang=en");
        Assert.Contains($"data-picture=\"{picture.Id}\"", page, StringComparison.Ordinal);
        Assert.Contains($"<code class=\"hash\">{picture.Id:N}</code>", page, StringComparison.Ordinal);
        Assert.Contains("One picture of the screen was kept.", page, StringComparison.Ordinal);
        Assert.Contains($"data-picture=\"{picture.Id}\"", await admin.ReadAsync($"/records/sessions/{run.Id}/report"), StringComparison.Ordinal);
        var line = Assert.Single(await Staff.AuditAsync(server, "picture.kept"));
        Assert.Contains(run.Id, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_envelope_or_sealed_to_another_key_is_refused_and_nothing_of_it_is_kept()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        await run.BecomeSessionAsync();
        var older = Key();
        Assert.Equal(HttpStatusCode.Conflict, await KeepAsync(run.Desk, run.Id, Envelope(older, 1)));
        await AddKeyAsync(server, older);
        var key = await AddKeyAsync(server);
        Assert.Equal(HttpStatusCode.Conflict, await KeepAsync(run.Desk, run.Id, Envelope(older, 1)));

        var usual = Envelope(key, 2);
        byte[][] wrong =
        [
            [], usual[..(PictureEnvelope.Smallest - 1)], [.. "NKP2"u8, .. usual[4..]], [.. usual[..60], (byte)(usual[60] ^ 1), .. usual[61..]],
            [0x89, .. "PNG"u8, .. usual[4..]],
        ];
        foreach (var bytes in wrong)
            Assert.Equal(HttpStatusCode.BadRequest, await KeepAsync(run.Desk, run.Id, bytes));
        Assert.Equal(HttpStatusCode.BadRequest, await KeepAsync(run.Desk, run.Id, usual, "image/png"));
        using (var refused = await PostAsync(run.Desk, run.Id, usual, PictureEndpoints.MediaType, withToken: false))
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(0, await database.Set<KeptPicture>().CountAsync(Cancel));
    }

    [Fact]
    public async Task One_technician_keeps_twenty_pictures_of_a_session_and_none_a_week_after_it()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var key = await AddKeyAsync(server);
        using var run = await PairedRun.StartAsync(server, Cancel);
        await run.BecomeSessionAsync();
        for (var i = 1; i <= KeptPictures.MostPerSession; i++)
            Assert.Equal(HttpStatusCode.NoContent, await KeepAsync(run.Desk, run.Id, Envelope(key, (byte)i)));
        using (var refused = await PostAsync(run.Desk, run.Id, Envelope(key, 99), PictureEndpoints.MediaType))
            Assert.Contains("too-many-pictures", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        await using var database = await server.OpenDatabaseAsync();
        var ids = await database.Set<KeptPicture>().Select(row => row.Id).ToListAsync(Cancel);
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(run.Desk.PostAsync($"/desk/pictures/{ids[0]}/remove", new { })));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(run.Desk.PostAsync($"/desk/pictures/{ids[0]}/remove", new { })));
        var ended = TimeProvider.System.GetUtcNow() - SessionNotes.OpenFor - TimeSpan.FromMinutes(1);
        await database.Set<SupportSession>().ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, ended), Cancel);
        Assert.Equal(HttpStatusCode.Conflict, await KeepAsync(run.Desk, run.Id, Envelope(key, 98)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(run.Desk.PostAsync($"/desk/pictures/{ids[1]}/remove", new { })));

        using var owner = await Staff.SignInAsync(server);
        using (var removed = await owner.SubmitAsync($"/records/sessions/{run.Id}", $"/records/pictures/{ids[1]}/remove"))
            Assert.Equal($"/records/sessions/{run.Id}?done=picture&lang=en", removed.Headers.Location?.ToString());
        Assert.Equal(2, (await Staff.AuditAsync(server, "picture.removed")).Count);

        await database.Set<SupportSession>().ExecuteDeleteAsync(Cancel);
        Assert.Equal(0, await database.Set<KeptPicture>().CountAsync(Cancel));
    }

    [Fact]
    public async Task The_key_is_made_on_a_page_of_its_own_and_only_a_key_of_this_kind_is_kept()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await Staff.AddAsync(server, "second@example.test", Role.Technician);
        using var owner = await Staff.SignInAsync(server);
        using var technician = await Staff.SignInAsync(server, "second@example.test");
        var (key, wrapped) = (Key(), Wrapped());
        (string, string)[][] wrong =
        [
            [], [("public-key", "x"), ("wrapped-key", "y")], Fields(key, wrapped[..40]), Fields(key[..90], wrapped),
            Fields([.. key[..90], (byte)(key[90] ^ 1)], wrapped), Fields(key, [.. "NKW1"u8, 0, 0, 0, 1, .. wrapped[8..]]),
        ];
        foreach (var fields in wrong)
        {
            using var refused = await owner.SubmitAsync("/settings/pictures", "/settings/pictures", fields);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        foreach (var made in new[] { key, key, Key() })
        {
            using var kept = await owner.SubmitAsync("/settings/pictures", "/settings/pictures", Fields(made, wrapped));
            Assert.Equal(HttpStatusCode.SeeOther, kept.StatusCode);
        }

        Assert.Equal(2, (await Staff.AuditAsync(server, "pictures-key.made")).Count);
        var page = await owner.ReadAsync("/settings/pictures?lang=nl");
        Assert.Contains(PicturesKeyView.Fingerprint(KeyId(key)), page, StringComparison.Ordinal);
        Assert.Contains("Voor oudere afbeeldingen", page, StringComparison.Ordinal);
        var answer = await technician.Client.GetFromJsonAsync<WrappedKeyAnswer>($"/records/pictures/keys/{KeyId(key)}", Cancel);
        Assert.Equal(Convert.ToBase64String(wrapped), answer?.Wrapped);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(technician.GetAsync($"/records/pictures/keys/{new string('0', 64)}")));
    }

    [Fact]
    public async Task Pictures_are_found_by_the_customer_of_their_session_and_erased_with_the_rest()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var key = await AddKeyAsync(server);
        using var run = await PairedRun.StartAsync(server, Cancel);
        await run.BecomeSessionAsync();
        await KeepAsync(run.Desk, run.Id, Envelope(key, 1));
        await using var database = await server.OpenDatabaseAsync();
        await database.Set<SupportSession>().ExecuteUpdateAsync(set => set.SetProperty(row => row.CustomerName, "Mevrouw Zeldzaam"), Cancel);
        using var owner = await Staff.SignInAsync(server);

        using var found = await owner.SubmitAsync("/records/person", "/records/person", ("name", "Zeldzaam"));
        var page = await found.Content.ReadAsStringAsync(Cancel);
        var id = (await database.Set<KeptPicture>().SingleAsync(Cancel)).Id.ToString("N");
        Assert.Contains($"picture:{id}", page, StringComparison.Ordinal);
        using var erased = await owner.SubmitAsync("/records/person", "/records/person/erase", ("name", "Zeldzaam"), ("sure", "yes"), ("trace", $"picture:{id}"));
        Assert.Equal(0, await database.Set<KeptPicture>().CountAsync(Cancel));
    }

    private static (string, string)[] Fields(byte[] key, byte[] wrapped) => [("public-key", Convert.ToBase64String(key)), ("wrapped-key", Convert.ToBase64String(wrapped))];

    private static byte[] Key()
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return pair.ExportSubjectPublicKeyInfo();
    }

    /// <summary>Of the right form; what is in the box does not matter to the server.</summary>
    private static byte[] Wrapped() => [.. "NKW1"u8, 0, 9, 0x27, 0xc0, .. new byte[28], .. new byte[154]];

    private static string KeyId(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key));

    /// <summary>Of the right form; what is in the box does not matter to the server.</summary>
    private static byte[] Envelope(byte[] key, byte number, byte filler = 0)
    {
        var box = new byte[200];
        Array.Fill(box, filler);
        return [.. "NKP1"u8, .. new byte[15], number, .. SHA256.HashData(key), .. key[26..], .. box];
    }

    private static async Task<byte[]> AddKeyAsync(RunningServer server, byte[]? key = null)
    {
        var made = key ?? Key();
        var who = await Staff.IdAsync(server, RunningServer.Email);
        await using var database = await server.OpenDatabaseAsync();
        var problem = await server.Services.GetRequiredService<PicturesKeys>().AddAsync(new SignedIn(database.CurrentOrganizationId, who, "", ""), made, Wrapped(), Cancel);
        Assert.Null(problem);
        return made;
    }

    private static async Task<HttpStatusCode> KeepAsync(DeskPeer desk, string session, byte[] bytes, string type = PictureEndpoints.MediaType)
    {
        using var answer = await PostAsync(desk, session, bytes, type);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> PostAsync(DeskPeer desk, string session, byte[] bytes, string type, bool withToken = true) =>
        desk.PostContentAsync($"/desk/sessions/{session}/pictures", Body(bytes, type), withToken);

    private static ByteArrayContent Body(byte[] bytes, string type) => new(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    private static async Task<byte[]> BytesAsync(Visitor visitor, string address)
    {
        using var answer = await visitor.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(Cancel);
    }

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        return answer.StatusCode;
    }
}
