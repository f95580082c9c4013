using Nabij.Server.Accounts;
using Nabij.Server.HelpPage;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Settings;

/// <summary>When customers are helped, days that differ, and whether they may ask to be called back.</summary>
internal static class HoursEndpoints
{
    internal static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own, TimeProvider clock)
    {
        var page = await own.PageAsync(context);
        var (_, organization) = await own.EnterAsync(context);
        var today = DateOnly.FromDateTime(OrganizationTime.Of(organization).Local(clock.GetUtcNow()).DateTime);
        return page.Show<HoursPage>(View(page, organization, HoursForm.Of(organization, today), clock) with { IsDone = context.Request.Query["done"] == "changed" });
    }

    internal static async Task<IResult> ChangeAsync(HttpContext context, OwnEntry own, SettingsActs acts, TimeProvider clock)
    {
        var page = await own.PageAsync(context);
        var (who, organization) = await own.EnterAsync(context);
        var fields = await context.ReadFieldsAsync();
        var form = HoursForm.Read(fields);
        var zone = fields.Word("time-zone");
        var (hours, problem) = fields["told"] == HoursForm.Told || fields["told"] == HoursForm.Untold ? form.Check() : (null, new Problem("problem.opening-hours").At("week"));
        if (problem is null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            problem = new Problem("problem.zone", zone.Length > 60 ? zone[..60] : zone).At("time-zone");
        if (hours is null || problem is not null)
        {
            var view = View(page, organization, form, clock) with { TimeZone = zone, Problems = FormProblems.Of(page.Texts, problem) };
            return page.Show<HoursPage>(view, StatusCodes.Status422UnprocessableEntity);
        }

        await acts.ChangeAsync(
            who,
            row => (row.OpeningHours, row.OpeningExceptions, row.TimeZone, row.TakesCallbacks) = (hours.ToString(), hours.ExceptionLines(), zone, form.TakesCallbacks),
            context.RequestAborted);
        return Found.At($"{SettingsFeature.Path}/hours?done=changed&lang={page.Language}");
    }

    private static HoursView View(PageContext page, Organization organization, HoursForm form, TimeProvider clock) => new()
    {
        Form = form,
        TimeZone = organization.TimeZone,
        Now = OrganizationTime.Of(organization).Words(clock.GetUtcNow()),
        Standing = OpeningWords.Of(organization, clock.GetUtcNow(), page.Texts)?.Sentence,
    };
}
