using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Api;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>What every page of records begins with. Scoped to a request.</summary>
internal sealed class RecordsDoor(OwnEntry own, ServerDatabase database)
{
    internal async Task<RecordsAsker> EnterAsync(HttpContext context)
    {
        var (who, organization) = await own.EnterAsync(context);
        var page = await own.PageAsync(context);
        var asker = new RecordsAsker(who, organization, page, SeesAll: false);
        return asker with { SeesAll = asker.IsOverseer || (await SettingsAsync(who.OrganizationId, context.RequestAborted)).TechniciansSeeAll };
    }

    internal async Task<RecordsSettings> SettingsAsync(Guid organization, CancellationToken cancellation) =>
        await database.Set<RecordsSettings>().AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new RecordsSettings { OrganizationId = organization };

    /// <summary>The runs that this person may see.</summary>
    internal IQueryable<SessionLine> Sessions(RecordsAsker asker)
    {
        var lines = database.Set<SessionLine>().AsNoTracking();
        return asker.SeesAll ? lines : lines.Where(row => row.TechnicianId == asker.Who.AccountId);
    }

    /// <summary>These, and those of all who took part in the same sessions.</summary>
    internal IQueryable<SessionLine> WholeSessions(RecordsAsker asker)
    {
        var lines = database.Set<SessionLine>().AsNoTracking();
        if (asker.SeesAll)
            return lines;
        var own = lines.Where(row => row.TechnicianId == asker.Who.AccountId).Select(row => row.ParentId ?? row.Id);
        return lines.Where(row => own.Contains(row.ParentId ?? row.Id));
    }

    /// <summary>The people of the organization and its API tokens by id, as the audit log shows them.</summary>
    internal async Task<Dictionary<Guid, string>> ActorsAsync(CancellationToken cancellation)
    {
        var names = await NamesAsync(cancellation);
        foreach (var (id, name) in await TokensAsync(cancellation))
            names[id] = name;
        return names;
    }

    /// <summary>The organization's API tokens by id.</summary>
    internal Task<Dictionary<Guid, string>> TokensAsync(CancellationToken cancellation) =>
        database.Set<ApiToken>().AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.Name, cancellation);

    /// <summary>The people of the organization by id; as many as it has.</summary>
    internal Task<Dictionary<Guid, string>> NamesAsync(CancellationToken cancellation) =>
        database.Set<Account>().AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancellation);
}
