using System.Net;
using System.Security.Cryptography;
using System.Text;
using Nabij.Protocol;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Desk;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Desk;

public sealed class DeskAddressTests(DeskServer shared)
{
    private const string SomeSession = "00112233445566778899aabbccddeeff";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Addresses => new()
    {
        { "GET", "/desk/waiting" },
        { "GET", "/desk/events" },
        { "POST", "/desk/tickets" },
        { "POST", "/desk/certificate" },
        { "POST", "/desk/sessions" },
        { "POST", $"/desk/sessions/{SomeSession}/ended" },
        { "POST", "/desk/claims" },
        { "POST", "/desk/claims/00000000-0000-0000-0000-000000000000/release" },
        { "GET", "/desk/notes" },
        { "GET", "/desk/notes/setup" },
        { "GET", $"/desk/sessions/{SomeSession}/note" },
        { "POST", $"/desk/sessions/{SomeSession}/note" },
        { "POST", $"/desk/sessions/{SomeSession}/time" },
        { "GET", "/desk/presence" },
        { "POST", "/desk/presence" },
    };

    public static TheoryData<string, string> InvalidBodies => new()
    {
        { "/desk/tickets", "{\"nameplate\":\"417902635\"}" },
        { "/desk/tickets", "{\"nameplate\":\"800\"}" },
        { "/desk/tickets", "{\"nameplate\":417}" },
        { "/desk/tickets", "{\"nameplate\":null}" },
        { "/desk/certificate", "{\"publicKey\":\"\"}" },
        { "/desk/certificate", "{\"publicKey\":\"not base64\"}" },
        { "/desk/certificate", "{\"publicKey\":\"BAAA\"}" },
        { "/desk/certificate", $"{{\"publicKey\":\"{Convert.ToBase64String([4, .. new byte[64]])}\"}}" },
        { "/desk/sessions", "{\"session\":\"00\"}" },
        { "/desk/sessions", "{\"session\":\"00112233445566778899AABBCCDDEEFF\"}" },
        { $"/desk/sessions/{SomeSession}/ended", "{\"reason\":\"because\"}" },
        { $"/desk/sessions/{SomeSession}/ended", "{\"reason\":\"TechnicianEnded\"}" },
        { "/desk/sessions/nonsense/ended", "{\"reason\":\"technician-ended\"}" },
        { "/desk/claims", "{\"place\":\"417\"}" },
        { "/desk/claims", "{\"over\":true}" },
        { $"/desk/sessions/{SomeSession}/note", "{\"text\":\"a\",\"revision\":-1}" },
        { $"/desk/sessions/{SomeSession}/note", "{\"text\":\"a\"}" },
        { $"/desk/sessions/{SomeSession}/note", "{\"text\":\"a\\u0000b\",\"revision\":0}" },
        { $"/desk/sessions/{SomeSession}/note", "{\"text\":null,\"revision\":0}" },
        { $"/desk/sessions/{SomeSession}/note", $"{{\"text\":\"{new string('a', 20_001)}\",\"revision\":0}}" },
        { $"/desk/sessions/{SomeSession}/time", "{\"counted\":-1}" },
        { $"/desk/sessions/{SomeSession}/time", "{\"counted\":1,\"corrected\":86401}" },
        { $"/desk/sessions/{SomeSession}/time", "{\"counted\":1,\"corrected\":-5}" },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    [Trait("Invariant", "10")]
    public async Task Nobody_who_is_not_signed_in_gets_anything(string method, string path)
    {
        using var visitor = (await shared.Server).Visit();
        visitor.Client.DefaultRequestHeaders.Accept.Clear();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? JsonContent.Create("") : null };

        using var answer = await visitor.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    [Trait("Invariant", "10")]
    public async Task An_account_without_the_role_gets_nothing(string method, string path)
    {
        using var visitor = (await shared.Server).Visit();
        using var signedIn = await visitor.SignInAsync(DeskServer.AuditorEmail);
        Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);
        visitor.Client.DefaultRequestHeaders.Accept.Clear();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? JsonContent.Create("") : null };

        using var answer = await visitor.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task What_changes_something_needs_the_form_token(string method, string path)
    {
        if (method == "GET")
            return;
        using var desk = await DeskPeer.SignInAsync(await shared.Server);

        using var answer = await desk.PostContentAsync(path, JsonContent.Create(new TicketRequest("417")), withToken: false);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [MemberData(nameof(InvalidBodies))]
    public async Task A_body_outside_its_limits_is_refused(string path, string body)
    {
        using var desk = await DeskPeer.SignInAsync(await shared.Server);

        using var answer = await desk.PostContentAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/desk/tickets")]
    [InlineData("/desk/certificate")]
    [InlineData("/desk/sessions")]
    [InlineData($"/desk/sessions/{SomeSession}/ended")]
    [InlineData("/desk/claims")]
    [InlineData($"/desk/sessions/{SomeSession}/note")]
    [InlineData($"/desk/sessions/{SomeSession}/time")]
    public async Task A_body_that_is_not_JSON_is_refused(string path)
    {
        using var desk = await DeskPeer.SignInAsync(await shared.Server);

        foreach (var body in new[] { "", "{", "[]", "null", "\"417\"" })
        {
            using var answer = await desk.PostContentAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest, $"{body}: {answer.StatusCode}");
        }
        using var form = await desk.PostContentAsync(path, new StringContent("{\"nameplate\":\"417\"}", Encoding.UTF8, "text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
    }

    [Fact]
    public async Task The_certificate_names_the_technician_for_a_day_under_the_organizations_key()
    {
        var server = await shared.Server;
        using var desk = await DeskPeer.SignInAsync(server);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        using var answer = await desk.PostAsync("/desk/certificate", new CertificateRequest(Convert.ToBase64String(P256.PointOf(key))));
        var issued = (await answer.Content.ReadFromJsonAsync<CertificateAnswer>(Cancel))!;
        var certificate = TechnicianCertificate.Decode(Convert.FromBase64String(issued.Certificate));

        var organizationKey = OrganizationKey(server);
        Assert.Null(certificate.Check(organizationKey, new CertificateCheck { Now = TimeProvider.System.GetUtcNow(), DeniedTechnicians = [], Requested = Permissions.View | Permissions.Pointer }));
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(organizationKey)), issued.OrganizationKeyHash);
        Assert.Equal(SHA256.HashData(organizationKey), certificate.OrganizationKeyHash.ToArray());
        Assert.Equal(RunningServer.OwnerName, certificate.DisplayName);
        Assert.Equal(P256.PointOf(key), certificate.PublicKey.ToArray());
        Assert.Equal(24 * 3600u, certificate.NotAfter - certificate.NotBefore);
        Assert.Equal((ulong)issued.NotAfter, certificate.NotAfter);
        Assert.Equal(server.Origin(), issued.Origin);
        Assert.Equal(Permissions.None, certificate.Rights & (Permissions.Elevate | Permissions.Record));
    }

    [Fact]
    public async Task Another_technicians_session_and_an_unknown_one_are_the_same_404()
    {
        var server = await shared.Server;
        using var host = await HostPeer.WaitAsync(server, Cancel);
        using var desk = await DeskPeer.SignInAsync(server);
        using var second = await DeskPeer.SignInAsync(server, DeskServer.SecondEmail);
        var paired = Assert.IsType<PairedViewer>((await desk.JoinAsync(host.Given.Nameplate, Cancel)).Answer);
        var id = Convert.ToHexStringLower(paired.Session.Span);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(second.PostAsync("/desk/sessions", new SessionRequest(id))));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(second.PostAsync("/desk/sessions", new SessionRequest(SomeSession))));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(desk.PostAsync($"/desk/sessions/{id}/ended", new EndRequest("technician-ended"))));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(desk.PostAsync("/desk/sessions", new SessionRequest(id))));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(desk.PostAsync("/desk/sessions", new SessionRequest(id))));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(second.PostAsync($"/desk/sessions/{id}/ended", new EndRequest("technician-ended"))));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(desk.PostAsync($"/desk/sessions/{id}/ended", new EndRequest("customer-ended"))));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(desk.PostAsync($"/desk/sessions/{id}/ended", new EndRequest("technician-ended"))));
    }

    private static byte[] OrganizationKey(RunningServer server)
    {
        var file = Directory.GetFiles(Path.Combine(server.Folder, "keys"), "organization-*.pem").Single();
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return key.ExportSubjectPublicKeyInfo();
    }

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> request)
    {
        using var answer = await request;
        return answer.StatusCode;
    }
}
