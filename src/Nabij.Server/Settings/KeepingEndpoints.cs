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
        if (Check(times).ToList() is { Count: > 0 } problems)
            return page.Show<KeepingPage>(View(times) with { Problems = FormProblems.Of(page.Texts, problems) }, StatusCodes.Status422UnprocessableEntity);

        await acts.ChangeAsync(
            SignedIn.Of(context),
            row => (row.AcceptanceMonths, row.SessionMonths, row.CallbackDays) = (times.AcceptanceMonths, times.SessionMonths, times.CallbackDays),
            context.RequestAborted);
        return Found.At($"{SettingsFeature.Path}/keeping?done=changed&lang={page.Language}");
    }

    private static IEnumerable<Problem> Check(RetentionTimes times) =>
        from one in (IEnumerable<(string Field, int Value, int Most)>)
        [
            ("acceptance-months", times.AcceptanceMonths, RetentionTimes.MostAcceptanceMonths),
            ("session-months", times.SessionMonths, RetentionTimes.MostSessionMonths),
            ("callback-days", times.CallbackDays, RetentionTimes.MostCallbackDays),
        ]
        where one.Value < 1 || one.Value > one.Most
        select new Problem("problem.keeping", one.Most).At(one.Field);

    private static KeepingView View(RetentionTimes times) =>
        new() { AcceptanceMonths = times.AcceptanceMonths, SessionMonths = times.SessionMonths, CallbackDays = times.CallbackDays };

    private static int Number(IFormCollection fields, string name) =>
        int.TryParse(fields.Word(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
