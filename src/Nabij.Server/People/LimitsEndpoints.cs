using System.Net;
using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.People;

/// <summary>When and from where everybody may work who has no rule of his or her own.</summary>
internal static class LimitsEndpoints
{
    internal static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own, TimeProvider clock)
    {
        var page = await own.PageAsync(context);
        var (_, organization) = await own.EnterAsync(context);
        return page.Show<LimitsPage>(View(context, organization, clock) with { IsDone = context.Request.Query["done"] == "changed" });
    }

    internal static async Task<IResult> ChangeAsync(HttpContext context, OwnEntry own, LimitsActs acts, TimeProvider clock)
    {
        var page = await own.PageAsync(context);
        var (who, organization) = await own.EnterAsync(context);
        var fields = await context.ReadFieldsAsync();
        var zone = fields["time-zone"].ToString().Trim();
        var (form, problem) = LimitsForm.Read(fields, ofPerson: false);
        problem ??= form is null ? null : await acts.ChangeOrganizationAsync((who, context.Connection.RemoteIpAddress), form, zone, context.RequestAborted);
        if (problem is null)
            return Found.At($"{PeopleFeature.Path}/limits?done=changed&lang={page.Language}");
        var view = View(context, organization, clock) with { Problems = FormProblems.Of(page.Texts, problem) };
        return page.Show<LimitsPage>(form is null ? view : view with { Form = form, TimeZone = zone }, StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The reader's address as a list of networks would name it.</summary>
    internal static string Here(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : IPAddress.None.ToString();

    private static LimitsView View(HttpContext context, Organization organization, TimeProvider clock) => new()
    {
        Form = LimitsForm.Of(organization.Hours, organization.Networks),
        TimeZone = organization.TimeZone,
        Here = Here(context),
        Now = OrganizationTime.Of(organization).Words(clock.GetUtcNow()),
    };
}
