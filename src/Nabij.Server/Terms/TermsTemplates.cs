// Makes an organization's first texts from the templates beside this file: the shop's name and number filled in.

using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;

namespace Nabij.Server.Terms;

internal static class TermsTemplates
{
    internal const string FirstVersion = "1";

    internal static IEnumerable<TermsText> Fill(Organization organization, DateTimeOffset time) =>
        from language in Texts.All
        from kind in (string[])[TermsText.Terms, TermsText.Licence]
        let content = Encoding.UTF8.GetBytes(Fill(Read(kind, language), organization, language))
        select new TermsText
        {
            OrganizationId = organization.Id,
            Version = FirstVersion,
            Language = language,
            Kind = kind,
            Content = content,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            CreatedAt = time,
        };

    private static string Fill(string template, Organization organization, string language)
    {
        var texts = Texts.Find(language) ?? throw new InvalidOperationException($"No texts for {language}.");
        var contact = organization.Phone.Length > 0
            ? texts.Format("terms.contact", organization.Name, organization.Phone)
            : texts.Format("terms.contact-no-phone", organization.Name);
        return template.Replace("{contact}", contact, StringComparison.Ordinal).Replace("{shop}", organization.Name, StringComparison.Ordinal);
    }

    private static string Read(string kind, string language)
    {
        var name = $"terms/{kind}.{language}.md";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
