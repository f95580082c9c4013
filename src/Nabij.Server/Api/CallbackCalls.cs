using Microsoft.EntityFrameworkCore;
using Nabij.Server.Api.Answers;
using Nabij.Server.Callbacks;
using Nabij.Server.Storage;

namespace Nabij.Server.Api;

/// <summary>Requests to call back by the API. Setting a state twice does no harm, so it takes no idempotency key.</summary>
internal static class CallbackCalls
{
    private static readonly string[] States = [CallbackState.Open, CallbackState.Taken, CallbackState.Done];

    internal static async Task<IResult> ListAsync(HttpContext context, ServerDatabase database)
    {
        var (count, rows) = (ApiQuery.Count(context), database.Set<CallbackRequest>().AsNoTracking());
        if (ApiQuery.OneOf(context, ReadEndpoints.State, States) is { } state)
            rows = rows.Where(row => row.State == state);
        if (ApiQuery.Cursor(context) is { } after)
        {
            var id = after.AsId();
            rows = rows.Where(row => row.AskedAt < after.Time || (row.AskedAt == after.Time && row.Id.CompareTo(id) < 0));
        }

        var found = await rows.OrderByDescending(row => row.AskedAt).ThenByDescending(row => row.Id).Take(count + 1).ToListAsync(context.RequestAborted);
        var page = found.Take(count).ToList();
        var next = found.Count > count ? new Cursor(page[^1].AskedAt, page[^1].Id.ToString("N")).ToString() : null;
        return ApiReply.Of(new CallbackAnswers([.. page.Select(Answer)], next), ApiJson.Strict.CallbackAnswers);
    }

    internal static async Task<IResult> ShowAsync(Guid id, HttpContext context, ServerDatabase database) =>
        await database.Set<CallbackRequest>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, context.RequestAborted) is { } found
            ? ApiReply.Of(Answer(found), ApiJson.Strict.CallbackAnswer)
            : ApiReply.Of(ApiProblem.NotFound);

    internal static async Task<IResult> ChangeAsync(Guid id, HttpContext context, ServerDatabase database, CallbackRequests requests)
    {
        var (asked, _) = await ApiBody.ReadAsync(context, ApiJson.Strict.CallbackChange);
        if (!CallbackState.IsKnown(asked.State))
            throw ApiBody.Invalid($"state is one of {string.Join(", ", States)}.");
        return await requests.MarkAsync(TokenCaller.Of(context).ToActor(), id, asked.State, asked.Over, context.RequestAborted) switch
        {
            { Found: false } => ApiReply.Of(ApiProblem.NotFound),
            { Holder: { } holder } => ApiReply.Of(ApiProblem.Conflict.Because($"{holder} has it. Send \"over\": true to take it from there.")),
            _ => await ShowAsync(id, context, database),
        };
    }

    private static CallbackAnswer Answer(CallbackRequest row) => new(
        row.Id, row.State, row.Name, row.Phone, row.Email, row.Problem, row.Language, row.CheckNumber, row.AskedAt, row.HandledByName, row.HandledAt);
}
