using System.Text;
using Nabij.Server.Pages;

namespace Nabij.Server.Organizations;

/// <summary>
/// Limits of what an organization says about itself: those of docs/protocol/02, "Organization document", for what is signed,
/// and of our own for the rest.
/// </summary>
internal static class OrganizationRules
{
    internal const int NameBytes = 64, LegalBytes = 128, TradeBytes = 32, PhoneBytes = 32, AbuseBytes = 128, AddressBytes = 256, AddressLines = 5, EmailBytes = 254;

    internal static IEnumerable<Problem> CheckName(string name) => CheckText(("name", "problem.text.name"), name, 1, NameBytes);

    internal static IEnumerable<Problem> CheckRegister(string legalName, string tradeNumber) =>
        [.. CheckText(("legal-name", "problem.text.legal"), legalName, 0, LegalBytes), .. CheckText(("trade-number", "problem.text.trade"), tradeNumber, 0, TradeBytes)];

    internal static IEnumerable<Problem> CheckContact(string phone, string abuseContact) =>
        [.. CheckText(("phone", "problem.text.phone"), phone, 0, PhoneBytes), .. CheckText(("abuse-contact", "problem.text.abuse"), abuseContact, 0, AbuseBytes)];

    internal static IEnumerable<Problem> CheckPlace(string address, string email)
    {
        var lines = address.Split('\n');
        if (lines.Length > AddressLines || Encoding.UTF8.GetByteCount(address) > AddressBytes || lines.Any(HasControl))
            yield return new Problem("problem.address", AddressLines, AddressBytes).At("address");
        if (email.Length > 0 && !IsEmail(email))
            yield return new Problem("problem.email", email.Length > 60 ? email[..60] : email).At("email");
    }

    internal static IEnumerable<Problem> CheckColor(string color) => BrandColor.IsValid(color) ? [] : [new Problem("problem.color").At("color")];

    /// <summary>One that can be written to: what other programs than ours make of it is not for us to say.</summary>
    internal static bool IsEmail(string text) =>
        Encoding.UTF8.GetByteCount(text) <= EmailBytes && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1 &&
        text.LastIndexOf('@') == at && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '<' or '>' or '"' or ',' or ';');

    internal static bool HasControl(string text) => text.Any(char.IsControl);

    private static IEnumerable<Problem> CheckText((string Field, string Key) of, string value, int minimum, int maximum)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        if (bytes < minimum || bytes > maximum || HasControl(value))
            yield return new Problem(of.Key, minimum, maximum).At(of.Field);
    }
}
