using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Commands;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Terms;

namespace Nabij.Server.Tests.Storage;

public sealed class OrganizationScopeTests
{
    [Fact]
    public async Task Without_an_organization_no_row_of_any_is_visible()
    {
        await using var server = await RunningServer.StartAsync();
        await using var database = server.Services.GetRequiredService<DatabaseSource>().OpenUnscoped();

        Assert.Equal(0, await database.Set<Account>().CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await database.Set<AuditEvent>().CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await database.Set<TermsText>().CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_organizations_see_each_their_own_rows()
    {
        await using var server = await RunningServer.StartAsync();
        var second = await AddAsync(server, "second");
        var first = await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(TestContext.Current.CancellationToken);
        var source = server.Services.GetRequiredService<DatabaseSource>();

        foreach (var (own, other) in ((Guid, Guid)[])[(first.Id, second), (second, first.Id)])
        {
            await using var database = source.Open(own);
            Assert.All(await database.Set<Account>().ToListAsync(TestContext.Current.CancellationToken), row => Assert.Equal(own, row.OrganizationId));
            Assert.Equal(1, await database.Set<Account>().CountAsync(TestContext.Current.CancellationToken));
            Assert.Equal(4, await database.Set<TermsText>().CountAsync(TestContext.Current.CancellationToken));
            Assert.False(await database.Set<TermsText>().AnyAsync(row => row.OrganizationId == other, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Every_table_but_the_organizations_belongs_to_one_and_is_filtered()
    {
        await using var server = await RunningServer.StartAsync();
        await using var database = server.Services.GetRequiredService<DatabaseSource>().OpenUnscoped();

        foreach (var entity in database.Model.GetEntityTypes().Where(entity => entity.ClrType != typeof(Organization)))
        {
            Assert.NotNull(entity.FindProperty(ServerDatabase.OrganizationIdName));
            Assert.NotEmpty(entity.GetDeclaredQueryFilters());
        }
    }

    [Fact]
    public void A_unit_of_work_cannot_change_its_organization()
    {
        var scope = new OrganizationScope();
        scope.Enter(Guid.Parse("11111111-1111-1111-1111-111111111111"));

        Assert.Throws<InvalidOperationException>(() => scope.Enter(Guid.Parse("22222222-2222-2222-2222-222222222222")));
    }

    private static async Task<Guid> AddAsync(RunningServer server, string slug)
    {
        await using var services = CommandServices.Build(new DataFolder(server.Folder));
        await using var scope = services.CreateAsyncScope();
        var (organization, problems) = await scope.ServiceProvider.GetRequiredService<OrganizationSetup>().CreateAsync(
            new OrganizationSetup.Request { Name = slug, Slug = slug, OwnerEmail = RunningServer.Email, OwnerPassword = RunningServer.Password, OwnerName = "Other" },
            TestContext.Current.CancellationToken);
        Assert.Empty(problems);
        return organization?.Id ?? Guid.Empty;
    }
}
