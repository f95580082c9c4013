using Nabij.Server.Accounts;
using Nabij.Server.Pages;

namespace Nabij.Server.People;

/// <summary>Hours and networks as a form holds them. Null is "as the organization", which only a person has.</summary>
public sealed record LimitsForm
{
    /// <summary>Values of the choices in the form.</summary>
    internal const string AsOrganization = "organization", Always = "always", Own = "own";

    private const int LongestNetworks = 4000;

    public required WorkingHours? Hours { get; init; }

    /// <summary>As typed, one a line.</summary>
    public required string? Networks { get; init; }

    internal static LimitsForm Of(string? hours, string? networks) => new() { Hours = hours is null ? null : WorkingHours.Stored(hours), Networks = networks };

    /// <returns>The form, or what is wrong with it.</returns>
    internal static (LimitsForm? Form, Problem? Problem) Read(IFormCollection fields, bool ofPerson)
    {
        var (hours, problem) = ReadHours(fields, ofPerson);
        if (problem is not null)
            return (null, problem);
        var isOrganizations = ofPerson && fields["networks-choice"] == AsOrganization;
        var typed = isOrganizations || fields["networks-choice"] == Always ? "" : fields["networks"].ToString();
        if (typed.Length > LongestNetworks)
            return (null, new Problem("problem.networks-many", AllowedNetworks.Most).At("networks"));
        return AllowedNetworks.TryParse(typed, out var networks, out var wrong)
            ? (new LimitsForm { Hours = hours, Networks = isOrganizations ? null : networks.ToString() }, null)
            : (null, new Problem("problem.network", wrong.Length > 50 ? wrong[..50] : wrong, AllowedNetworks.Most).At("networks"));
    }

    private static (WorkingHours? Hours, Problem? Problem) ReadHours(IFormCollection fields, bool ofPerson)
    {
        var choice = fields["hours-choice"].ToString();
        if (ofPerson && choice == AsOrganization)
            return (null, null);
        if (choice == Always)
            return (WorkingHours.Always, null);
        var lines = Enumerable.Range(1, WorkingHours.Days)
            .Select(day => (Day: day, From: fields[$"from-{day}"].ToString(), Until: fields[$"until-{day}"].ToString()))
            .Where(one => one.From.Length > 0 || one.Until.Length > 0).Select(one => $"{one.Day} {one.From}-{one.Until}");
        return choice == Own && WorkingHours.TryParse(string.Join('\n', lines), out var hours) && !hours.IsAlways ? (hours, null) : (null, new Problem("problem.hours").At("hours"));
    }
}
