using System.Globalization;
using Microsoft.Extensions.Options;
using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Settings;

/// <summary>How long what is kept.</summary>
internal static class KeepingEndpoints
{
    internal static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own, IOptions<Retention> retention)
    {
        var page = await own.PageAsync(context);
        var (_, organization) = await own.EnterAsync(context);
        return page.Show<KeepingPage>(View(RetentionTimes.Of(organization, retention.Value)) with { IsDone = context.Request.Query["done"] == "changed" });
    }

    internal static async Task<IResult> ChangeAsync(HttpContext context, OwnEntry own, SettingsActs acts)
    {
        var page = await own.PageAsync(context);
        var fields = await context.ReadFieldsAsync();
        var times = new RetentionTimes(Number(fields, "acceptance-months"), Number(fields, "session-months"), Number(fields, "callback-days"));
        if (times.AcceptanceMonths is < 1 or > RetentionTimes.MostAcceptanceMonths || times.SessionMonths is < 1 or > RetentionTimes.MostSessionMonths ||
            times.CallbackDays is < 1 or > RetentionTimes.MostCallbackDays)
        {
            var problem = page.Texts.Format("problem.keeping", RetentionTimes.MostAcceptanceMonths, RetentionTimes.MostSessionMonths, RetentionTimes.MostCallbackDays);
            return page.Show<KeepingPage>(View(times) with { Problems = [problem] }, StatusCodes.Status422UnprocessableEntity);
        }

        await acts.ChangeAsync(
            SignedIn.Of(context),
            row => (row.AcceptanceMonths, row.SessionMonths, row.CallbackDays) = (times.AcceptanceMonths, times.SessionMonths, times.CallbackDays),
            context.RequestAborted);
        return Found.At($"{SettingsFeature.Path}/keeping?done=changed&lang={page.Language}");
    }

    private static KeepingView View(RetentionTimes times) =>
        new() { AcceptanceMonths = times.AcceptanceMonths, SessionMonths = times.SessionMonths, CallbackDays = times.CallbackDays };

    private static int Number(IFormCollection fields, string name) =>
        int.TryParse(fields.Word(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
