using System.Globalization;
using Nabij.Server.Accounts;
using Nabij.Server.Pages;

namespace Nabij.Server.Api;

/// <summary>The form of a new token.</summary>
public sealed record TokenForm
{
    internal static readonly IReadOnlyList<int> Lifetimes = [30, 90, 180, 365];

    private const int LongestNetworks = 4000;

    public string Name { get; init; } = "";

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public int Days { get; init; } = 90;

    /// <summary>As typed, one a line; null is as the organization.</summary>
    public string? Networks { get; init; }

    /// <returns>The form as it was filled in, and what is wrong with it.</returns>
    internal static (TokenForm Form, Problem? Problem) Read(IFormCollection fields)
    {
        var name = fields["name"].ToString().Trim();
        var typed = fields["networks"].ToString().Trim();
        var isNumber = int.TryParse(fields["days"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var days);
        var form = new TokenForm { Name = name, Scopes = [.. Api.Scopes.All.Intersect(fields["scope"].OfType<string>())], Days = isNumber && Lifetimes.Contains(days) ? days : 90, Networks = typed.Length == 0 ? null : typed };
        if (name.Length is 0 or > ApiToken.LongestName || name.Any(char.IsControl))
            return (form, new Problem("problem.token-name", ApiToken.LongestName).At("name"));
        if (form.Scopes.Count == 0 || fields["scope"].Except(Api.Scopes.All).Any())
            return (form, new Problem("problem.token-scopes").At("scopes"));
        if (form.Days != days)
            return (form, new Problem("problem.token-days").At("days"));
        if (typed.Length > LongestNetworks)
            return (form, new Problem("problem.networks-many", AllowedNetworks.Most).At("networks"));
        return AllowedNetworks.TryParse(typed, out var networks, out var wrong)
            ? (form with { Networks = typed.Length == 0 ? null : networks.ToString() }, null)
            : (form, new Problem("problem.network", wrong.Length > 50 ? wrong[..50] : wrong, AllowedNetworks.Most).At("networks"));
    }
}
