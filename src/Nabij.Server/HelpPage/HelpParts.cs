using System.Text;
using Microsoft.Extensions.Options;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Terms;

namespace Nabij.Server.HelpPage;

/// <summary>What an organization's settings put on the help page. Scoped to a unit of work that has entered the organization.</summary>
internal sealed class HelpParts(HelpTexts texts, Availabilities availabilities, IOptions<Retention> retention)
{
    internal RetentionTimes Keeping(Organization organization) => RetentionTimes.Of(organization, retention.Value);

    internal Task<Availability> AvailabilityAsync(Organization organization, Texts words, CancellationToken cancellation) => availabilities.NowAsync(organization, words, cancellation);

    /// <summary>The organization's words in this language; message and "about you", which have no words of ours in their place, in its own else.</summary>
    internal async Task<HelpWords> WordsAsync(Organization organization, string language, CancellationToken cancellation)
    {
        var all = await texts.AllAsync(cancellation);
        var own = all.FirstOrDefault(row => row.Language == language);
        var other = own ?? all.FirstOrDefault(row => row.Language == organization.Language) ?? (all.Count > 0 ? all[0] : null);
        return new HelpWords(other?.Language ?? language, Blocks(other?.Notice), Blocks(own?.Welcome), Blocks(other?.About));
    }

    private static IReadOnlyList<TextBlock> Blocks(string? text) => text is { Length: > 0 } ? PlainMarkdown.Parse(Encoding.UTF8.GetBytes(text)) : [];
}

/// <summary>The shop's own words on the help page.</summary>
/// <param name="Language">Of the message and of the words about the shop.</param>
/// <param name="Notice">The message on top.</param>
/// <param name="Welcome">In the page's language, or empty.</param>
/// <param name="About">About the shop.</param>
public sealed record HelpWords(string Language, IReadOnlyList<TextBlock> Notice, IReadOnlyList<TextBlock> Welcome, IReadOnlyList<TextBlock> About);
