using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Api.Answers;
using Nabij.Server.Organizations;
using Nabij.Server.People;
using Nabij.Server.Records;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Api;

/// <summary>What may be read by the API. The organization is always the token's, never one that the request names.</summary>
internal static class ReadEndpoints
{
    internal const string Technician = "technician", State = "state";

    private const int MostDays = 366;

    /// <summary>Without days: the last thirty.</summary>
    private const int UsualDays = 30;

    internal static async Task<IResult> TokenAsync(HttpContext context, ServerDatabase database, OrganizationDirectory organizations)
    {
        var caller = TokenCaller.Of(context);
        var expires = await database.Set<ApiToken>().Where(row => row.Id == caller.TokenId).Select(row => row.ExpiresAt).SingleAsync(context.RequestAborted);
        var organization = await OrganizationOf(context, organizations);
        return ApiReply.Of(new TokenAnswer(caller.Name, caller.Scopes, organization.Slug, expires), ApiJson.Strict.TokenAnswer);
    }

    internal static async Task<IResult> OrganizationAsync(HttpContext context, OrganizationDirectory organizations, PublicOrigin origin)
    {
        var one = await OrganizationOf(context, organizations);
        var answer = new OrganizationAnswer(
            one.Slug, one.Name, one.LegalName, one.TradeNumber, one.Phone, one.Language, one.TimeZone, one.Color, $"{origin.Value.Text}/o/{one.Slug}");
        return ApiReply.Of(answer, ApiJson.Strict.OrganizationAnswer);
    }

    internal static async Task<IResult> PeopleAsync(HttpContext context, ServerDatabase database)
    {
        var accounts = await database.Set<Account>().AsNoTracking().OrderBy(row => row.DisplayName).ThenBy(row => row.Id).ToListAsync(context.RequestAborted);
        var roles = (await database.Set<AccountRole>().AsNoTracking().ToListAsync(context.RequestAborted)).ToLookup(row => row.AccountId, row => row.Role);
        var people = accounts.Select(row => new PersonAnswer(row.Id, row.DisplayName, row.Email ?? "", [.. PeopleRules.AllRoles.Intersect(roles[row.Id])], row.DisabledAt is null));
        return ApiReply.Of(new PersonList([.. people]), ApiJson.Strict.PersonList);
    }

    internal static async Task<IResult> WaitingAsync(HttpContext context, IDirectory directory)
    {
        var waiting = await directory.ListAsync(TokenCaller.Of(context).OrganizationId, context.RequestAborted);
        var answers = waiting.Select(one => new WaitingAnswer(one.Person.Name, one.Person.Language, one.Person.Platform, one.Since));
        return ApiReply.Of(new WaitingAnswers([.. answers]), ApiJson.Strict.WaitingAnswers);
    }

    internal static async Task<IResult> SessionsAsync(HttpContext context, SessionAnswers sessions)
    {
        var filter = new SessionFilter { Technician = ApiQuery.Id(context, Technician), State = ApiQuery.OneOf(context, State, SessionState.All) ?? "" };
        var times = (ApiQuery.Time(context, ApiQuery.From), ApiQuery.Time(context, ApiQuery.Until));
        return ApiReply.Of(await sessions.ListAsync(filter, times, (ApiQuery.Cursor(context), ApiQuery.Count(context)), context.RequestAborted), ApiJson.Strict.SessionList);
    }

    internal static async Task<IResult> SessionAsync(string id, HttpContext context, SessionAnswers sessions) =>
        await sessions.FindAsync(id, context.RequestAborted) is { } found ? ApiReply.Of(found, ApiJson.Strict.SessionAnswer) : ApiReply.Of(ApiProblem.NotFound);

    internal static async Task<IResult> RecordsAsync(HttpContext context, RecordReader reader)
    {
        var filter = (ApiQuery.Time(context, ApiQuery.From), ApiQuery.Time(context, ApiQuery.Until), ApiQuery.Cursor(context), ApiQuery.Count(context));
        return ApiReply.Of(await reader.ListAsync(filter, context.RequestAborted), ApiJson.Strict.RecordList);
    }

    internal static async Task<IResult> RecordAsync(string id, HttpContext context, RecordReader reader) =>
        await reader.FindAsync(id, context.RequestAborted) is { } found ? ApiReply.Of(found, ApiJson.Strict.RecordAnswer) : ApiReply.Of(ApiProblem.NotFound);

    internal static async Task<IResult> StatisticsAsync(HttpContext context, StatisticsReader reader, SessionAnswers sessions, OrganizationDirectory organizations)
    {
        var organization = await OrganizationOf(context, organizations);
        var (time, clock) = (OrganizationTime.Of(organization), context.RequestServices.GetRequiredService<TimeProvider>());
        var today = DateOnly.FromDateTime(time.Local(clock.GetUtcNow()).DateTime);
        var until = ApiQuery.Day(context, ApiQuery.Until) ?? today;
        var from = ApiQuery.Day(context, ApiQuery.From) ?? until.AddDays(1 - Math.Min(UsualDays, until.DayNumber + 1));
        var isPeriod = from <= until && until.DayNumber - from.DayNumber < MostDays && from > DateOnly.MinValue && until < DateOnly.MaxValue.AddDays(-2);
        if (!isPeriod)
            return ApiReply.Of(ApiProblem.InvalidParameter.Because($"from is not after until, and there are at most {MostDays} days."));
        var filter = new StatisticsFilter { From = from, Until = until, Step = StatisticsFilter.Day };
        var sums = await reader.ReadAsync(time, filter, context.RequestAborted);
        return ApiReply.Of(await sessions.CountAsync(sums, (filter, organization.TimeZone), context.RequestAborted), ApiJson.Strict.StatisticsAnswer);
    }

    private static async Task<Organization> OrganizationOf(HttpContext context, OrganizationDirectory organizations) =>
        await organizations.FindAsync(TokenCaller.Of(context).OrganizationId, context.RequestAborted) ?? throw new InvalidOperationException("A token without an organization.");
}
