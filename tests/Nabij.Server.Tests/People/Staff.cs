using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests.People;

/// <summary>What tests of the people pages do often: add people, sign in, read a link, count audit lines.</summary>
internal static partial class Staff
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<Guid> AddAsync(RunningServer server, string email, params string[] roles)
    {
        var organization = await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel);
        await using var scope = server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<OrganizationScope>().Enter(organization.Id);
        var (account, problems) = await scope.ServiceProvider.GetRequiredService<AccountRegistration>().CreateAsync(email, RunningServer.Password, email.Split('@')[0], roles);
        Assert.True(account is not null, string.Join(" ", problems));
        return account.Id;
    }

    internal static async Task<Visitor> SignInAsync(RunningServer server, string email = RunningServer.Email, string password = RunningServer.Password)
    {
        var visitor = server.Visit();
        using var answer = await visitor.SignInAsync(email, password);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return visitor;
    }

    /// <summary>The secret of the link that the page shows.</summary>
    internal static async Task<string> SecretAsync(HttpResponseMessage answer)
    {
        var html = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, html);
        var link = LinkText().Match(html);
        Assert.True(link.Success, html);
        return link.Groups[1].Value;
    }

    internal static async Task<HttpStatusCode> StatusAsync(this Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        return answer.StatusCode;
    }

    /// <summary>Status and words of an answer, which is disposed.</summary>
    internal static async Task<(HttpStatusCode Status, string Text)> ReadAsync(Task<HttpResponseMessage> request)
    {
        using var answer = await request;
        return (answer.StatusCode, $"{answer.Headers.Location} {WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel))}");
    }

    internal static async Task<List<string>> AuditAsync(RunningServer server, string action)
    {
        await using var database = await server.OpenDatabaseAsync();
        Assert.Null((await server.Services.GetRequiredService<AuditVerification>().VerifyAsync(database.CurrentOrganizationId, Cancel)).Problem);
        return await database.Set<AuditEvent>().Where(line => line.Action == action).OrderBy(line => line.Seq)
            .Select(line => $"{line.Actor} {line.Object} {line.Outcome} {line.Details}").ToListAsync(Cancel);
    }

    internal static async Task<Guid> IdAsync(RunningServer server, string email)
    {
        await using var database = await server.OpenDatabaseAsync();
        return await database.Set<Account>().Where(row => row.Email == email).Select(row => row.Id).SingleAsync(Cancel);
    }

    [GeneratedRegex("/invitation#([A-Za-z0-9_-]+)")]
    private static partial Regex LinkText();
}
