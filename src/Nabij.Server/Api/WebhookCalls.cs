using Microsoft.EntityFrameworkCore;
using Nabij.Server.Api.Answers;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Webhooks;

namespace Nabij.Server.Api;

/// <summary>Webhooks by the API: the same acts as on their pages.</summary>
internal static class WebhookCalls
{
    internal static async Task<IResult> ListAsync(HttpContext context, ServerDatabase database)
    {
        var rows = await database.Set<Webhook>().AsNoTracking().OrderBy(row => row.Name).ThenBy(row => row.Id).ToListAsync(context.RequestAborted);
        return ApiReply.Of(new WebhookList([.. rows.Select(Answer)]), ApiJson.Strict.WebhookList);
    }

    internal static async Task<IResult> MakeAsync(HttpContext context, OnceOnly once, WebhookActs acts)
    {
        var (asked, bytes) = await ApiBody.ReadAsync(context, ApiJson.Strict.NewWebhook);
        var caller = TokenCaller.Of(context);
        return await once.RunAsync(context, bytes, async () =>
        {
            var form = new WebhookForm { Name = asked.Name.Trim(), Address = asked.Address, Events = asked.Events };
            var (hook, secret, problem) = await acts.MakeAsync((caller.Actor, caller.TokenId), form, context.RequestAborted);
            return hook is null
                ? ApiReply.Of((problem?.Key == "problem.webhooks-many" ? ApiProblem.LimitReached : ApiProblem.InvalidBody).Because(problem?.In(Texts.English) ?? ""))
                : ApiReply.Of(new WebhookMade(Answer(hook), secret), ApiJson.Strict.WebhookMade, StatusCodes.Status201Created);
        });
    }

    internal static async Task<IResult> RemoveAsync(Guid id, HttpContext context, WebhookActs acts)
    {
        if (await acts.FindAsync(id, context.RequestAborted) is not { } hook)
            return ApiReply.Of(ApiProblem.NotFound);
        await acts.RemoveAsync(TokenCaller.Of(context).Actor, hook, context.RequestAborted);
        return ApiReply.Empty;
    }

    internal static async Task<IResult> TestAsync(Guid id, HttpContext context, OnceOnly once, WebhookActs acts)
    {
        if (await acts.FindAsync(id, context.RequestAborted) is not { } hook)
            return ApiReply.Of(ApiProblem.NotFound);
        return await once.RunAsync(context, [], async () => hook.OffAt is not null
            ? ApiReply.Of(ApiProblem.Conflict.Because("The webhook is switched off."))
            : ApiReply.Of(new WebhookTested(WebhookDelivery.MessageIdOf(await acts.TestAsync(TokenCaller.Of(context).Actor, hook, context.RequestAborted))), ApiJson.Strict.WebhookTested, StatusCodes.Status202Accepted));
    }

    private static WebhookAnswer Answer(Webhook row) => new(
        row.Id, row.Name, row.Address, row.EventList, row.OffAt is not null ? "off" : row.FailingSince is not null ? "failing" : "on",
        row.OffAt ?? row.FailingSince, row.OffAt is null ? null : row.OffReason);
}
