using System.Text;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Callbacks;

/// <summary>What a customer typed who wants to be called back.</summary>
public sealed record CallbackForm
{
    internal const int NameBytes = 64, PhoneBytes = 32, ProblemBytes = 500, FewestDigits = 4;

    /// <summary>A field that people do not see and programs that send junk fill in.</summary>
    internal const string Trap = "website";

    public string Name { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Email { get; init; } = "";

    public string Problem { get; init; } = "";

    public bool Agrees { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;

    internal static CallbackForm Read(IFormCollection fields) => new()
    {
        Name = fields.Word("name"),
        Phone = fields.Word("phone"),
        Email = fields.Word("email"),
        Problem = fields.Lines("problem"),
        Agrees = fields["agree"] == "yes",
    };

    internal IEnumerable<Problem> Check()
    {
        if (Name.Length == 0 || Encoding.UTF8.GetByteCount(Name) > NameBytes || OrganizationRules.HasControl(Name))
            yield return new Problem("problem.callback-name", NameBytes).At("name");
        if (Phone.Length == 0 && Email.Length == 0)
            yield return new Problem("problem.callback-reach").At("phone");
        if (Phone.Length > 0 && (Encoding.UTF8.GetByteCount(Phone) > PhoneBytes || !Phone.All(IsOfPhone) || Phone.Count(char.IsAsciiDigit) < FewestDigits))
            yield return new Problem("problem.callback-phone").At("phone");
        if (Email.Length > 0 && !OrganizationRules.IsEmail(Email))
            yield return new Problem("problem.callback-email").At("email");
        if (Problem.Length == 0 || Encoding.UTF8.GetByteCount(Problem) > ProblemBytes || Problem.Any(letter => char.IsControl(letter) && letter != '\n'))
            yield return new Problem("problem.callback-problem", ProblemBytes).At("problem");
        if (!Agrees)
            yield return new Problem("problem.callback-agree").At("agree");
    }

    private static bool IsOfPhone(char letter) => char.IsAsciiDigit(letter) || letter is ' ' or '+' or '-' or '(' or ')' or '.' or '/';
}
