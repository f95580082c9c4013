// The template of a processor agreement, docs/legal/processor-agreement.{language}.md, with what this server knows filled
// in. What it cannot know stays between square brackets, for the people who sign.

using System.Reflection;
using System.Text;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;

namespace Nabij.Server.Explained;

internal static class AgreementTemplate
{
    internal static string Fill(Organization organization, KeptTimes times, Texts texts)
    {
        var filled = Read(texts.Language);
        foreach (var (place, value) in Values(organization, times, texts))
            filled = filled.Replace(place, value, StringComparison.Ordinal);
        return filled;
    }

    private static IEnumerable<(string Place, string Value)> Values(Organization organization, KeptTimes times, Texts texts)
    {
        yield return ("{sessions}", Kept.Months(times.SessionMonths).In(texts));
        yield return ("{acceptances}", Kept.Months(times.AcceptanceMonths).In(texts));
        yield return ("{addresses}", Kept.Hours(times.SignInHours).In(texts));
        yield return ("{trade}", Given(organization.TradeNumber, texts["agreement.unknown.trade"]));
        yield return ("{phone}", Given(organization.Phone, texts["agreement.unknown.phone"]));
        yield return ("{legal}", Given(organization.LegalName, texts["agreement.unknown.legal"]));
        // Last: a name is whatever somebody typed, and may look like a place.
        yield return ("{shop}", organization.Name);
    }

    private static string Given(string value, string unknown) => value.Length > 0 ? value : unknown;

    private static string Read(string language)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream($"legal/processor-agreement.{language}.md")
            ?? assembly.GetManifestResourceStream($"legal/processor-agreement.{Texts.English.Language}.md")
            ?? throw new FileNotFoundException("legal/processor-agreement");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
