using Nabij.Server.Pages;
using Nabij.Server.Web.Outbound;

namespace Nabij.Server.Webhooks;

/// <summary>What people and programs say about a webhook.</summary>
public sealed record WebhookForm
{
    public string Name { get; init; } = "";

    public string Address { get; init; } = "";

    public IReadOnlyList<string> Events { get; init; } = [];

    internal static WebhookForm Of(IFormCollection fields) => new()
    {
        Name = fields["name"].ToString().Trim(),
        Address = fields["address"].ToString().Trim(),
        Events = [.. fields["event"].OfType<string>()],
    };

    /// <returns>The form in one spelling, or why not.</returns>
    internal (WebhookForm Form, Problem? Problem) Check(Reachable reachable)
    {
        if (Name.Length is 0 or > Webhook.LongestName || Name.Any(char.IsControl))
            return (this, new Problem("problem.webhook-name", Webhook.LongestName).At("name"));
        var (address, problem) = WebhookAddress.Read(Address, reachable);
        if (problem is not null)
            return (this, problem);
        return Events.Count == 0 || Events.Except(WebhookEvents.All).Any()
            ? (this, new Problem("problem.webhook-events").At("events"))
            : (this with { Address = address, Events = [.. WebhookEvents.All.Intersect(Events)] }, null);
    }
}
