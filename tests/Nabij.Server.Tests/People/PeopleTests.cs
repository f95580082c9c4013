using System.Net;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;

namespace Nabij.Server.Tests.People;

public sealed class PeopleTests
{
    private const string OtherEmail = "other@example.test";

    private readonly ManualClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_shows_everybody_and_leads_only_where_the_reader_may_go()
    {
        await using var server = await StartAsync();
        var technician = await Staff.AddAsync(server, OtherEmail, Role.Technician);
        await Staff.AddAsync(server, "admin@example.test", Role.Admin);
        using var admin = await Staff.SignInAsync(server, "admin@example.test");

        var page = await admin.ReadAsync("/people");

        Assert.Contains(RunningServer.OwnerName, page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/people/{technician}?lang=en\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/people/{await Staff.IdAsync(server, RunningServer.Email)}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_change_at_once_with_a_line_in_the_audit_chain()
    {
        await using var server = await StartAsync();
        var id = await Staff.AddAsync(server, OtherEmail, Role.Technician, Role.Reports);
        using var other = await Staff.SignInAsync(server, OtherEmail);
        using var owner = await Staff.SignInAsync(server);

        var (status, where) = await Staff.ReadAsync(owner.SubmitAsync($"/people/{id}", $"/people/{id}", ("name", "Other"), ("role", Role.Auditor), ("role", Role.Reports)));

        Assert.Equal(HttpStatusCode.SeeOther, status);
        Assert.Contains("done=changed", where, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await other.StatusAsync("/desk"));
        Assert.Equal(
            [$"{await Staff.IdAsync(server, RunningServer.Email)} {id} done roles reports technician -> auditor reports"], await Staff.AuditAsync(server, "account.changed"));
    }

    [Fact]
    public async Task An_administrator_reaches_no_owner_and_no_administrator_and_gives_neither_role()
    {
        await using var server = await StartAsync();
        var admin = await Staff.AddAsync(server, "admin@example.test", Role.Admin);
        var technician = await Staff.AddAsync(server, OtherEmail, Role.Technician);
        var owner = await Staff.IdAsync(server, RunningServer.Email);
        using var visitor = await Staff.SignInAsync(server, "admin@example.test");

        foreach (var beyond in (Guid[])[owner, admin])
        {
            Assert.Equal(HttpStatusCode.Forbidden, await visitor.StatusAsync($"/people/{beyond}"));
            foreach (var act in (string[])["", "/off", "/on", "/link", "/link/revoke", "/sign-ins/end"])
                Assert.Equal(HttpStatusCode.Forbidden, (await Staff.ReadAsync(visitor.SubmitAsync("/people/new", $"/people/{beyond}{act}", ("kind", "password"), ("name", "x")))).Status);
        }

        foreach (var role in (string[])[Role.Owner, Role.Admin, "root"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await Staff.ReadAsync(visitor.SubmitAsync("/people/new", $"/people/{technician}", ("name", "x"), ("role", role)))).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await Staff.ReadAsync(visitor.SubmitAsync("/people/new", "/people", ("name", "x"), ("email", "x@example.test"), ("role", role)))).Status);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await Staff.ReadAsync(visitor.SubmitAsync("/people/new", $"/people/{technician}/off"))).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/off")]
    public async Task The_last_owner_who_can_sign_in_cannot_be_lost(string act)
    {
        await using var server = await StartAsync();
        var own = await Staff.IdAsync(server, RunningServer.Email);
        using var owner = await Staff.SignInAsync(server);
        // A second owner who was only invited, and a third who is switched off, do not count.
        (await owner.SubmitAsync("/people/new", "/people", ("name", "Invited"), ("email", "invited@example.test"), ("role", Role.Owner))).Dispose();
        var off = await Staff.AddAsync(server, OtherEmail, Role.Owner);
        (await owner.SubmitAsync("/people/new", $"/people/{off}/off")).Dispose();

        var (status, words) = await Staff.ReadAsync(owner.SubmitAsync($"/people/{own}", $"/people/{own}{act}", ("name", "Peter"), ("role", Role.Technician)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(act.Length == 0 ? "only owner" : "own account", words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/people"));
    }

    [Fact]
    public async Task Two_owners_who_drop_each_other_at_once_leave_one()
    {
        await using var server = await StartAsync();
        var (first, second) = (await Staff.IdAsync(server, RunningServer.Email), await Staff.AddAsync(server, OtherEmail, Role.Owner));
        using var one = await Staff.SignInAsync(server);
        using var two = await Staff.SignInAsync(server, OtherEmail);

        await Task.WhenAll(
            one.SubmitAsync($"/people/{second}", $"/people/{second}/off"),
            two.SubmitAsync($"/people/{first}", $"/people/{first}/off"));

        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(1, await database.Set<Account>().CountAsync(row => row.DisabledAt == null, Cancel));
    }

    [Fact]
    public async Task Who_is_switched_off_is_out_at_once_and_in_again_when_switched_on()
    {
        await using var server = await StartAsync();
        var id = await Staff.AddAsync(server, OtherEmail, Role.Technician);
        using var other = await Staff.SignInAsync(server, OtherEmail);
        using var owner = await Staff.SignInAsync(server);

        (await owner.SubmitAsync($"/people/{id}", $"/people/{id}/off")).Dispose();
        Assert.Equal(HttpStatusCode.Redirect, await other.StatusAsync("/desk"));
        using (var refused = await other.SignInAsync(OtherEmail))
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        (await owner.SubmitAsync($"/people/{id}", $"/people/{id}/on")).Dispose();

        using var again = await Staff.SignInAsync(server, OtherEmail);
        Assert.Equal(HttpStatusCode.OK, await again.StatusAsync("/desk"));
        Assert.Single(await Staff.AuditAsync(server, "account.switched-off"));
        Assert.Single(await Staff.AuditAsync(server, "account.switched-on"));
    }

    [Fact]
    public async Task A_person_of_another_organization_does_not_exist_here()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        var elsewhere = Guid.NewGuid();

        Assert.Equal(HttpStatusCode.NotFound, await owner.StatusAsync($"/people/{elsewhere}"));
        Assert.Equal(HttpStatusCode.NotFound, (await Staff.ReadAsync(owner.SubmitAsync("/people/new", $"/people/{elsewhere}/off"))).Status);
    }

    [Theory]
    [InlineData("", "a@b.test", "characters")]
    [InlineData("Anna", "nobody", "not an e-mail address")]
    [InlineData("Anna", RunningServer.Email, "already")]
    public async Task What_cannot_be_is_said_and_nothing_is_made(string name, string email, string words)
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);

        var (status, text) = await Staff.ReadAsync(owner.SubmitAsync("/people/new", "/people", ("name", name), ("email", email)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(words, text, StringComparison.Ordinal);
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(1, await database.Set<Account>().CountAsync(Cancel));
    }

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(new ServerChoices { Clock = _clock });
}
