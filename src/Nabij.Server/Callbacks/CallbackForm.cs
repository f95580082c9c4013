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

    /// <summary>What is wrong, by the field it belongs to.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>();

    internal static CallbackForm Read(IFormCollection fields) => new()
    {
        Name = fields.Word("name"),
        Phone = fields.Word("phone"),
        Email = fields.Word("email"),
        Problem = fields.Lines("problem"),
        Agrees = fields["agree"] == "yes",
    };

    /// <summary>Fields and the keys of the texts that say what is wrong with them.</summary>
    internal IEnumerable<(string Field, Problem Problem)> Check()
    {
        if (Name.Length == 0 || Encoding.UTF8.GetByteCount(Name) > NameBytes || OrganizationRules.HasControl(Name))
            yield return ("name", new Problem("problem.callback-name", NameBytes));
        if (Phone.Length == 0 && Email.Length == 0)
            yield return ("phone", new Problem("problem.callback-reach"));
        if (Phone.Length > 0 && (Encoding.UTF8.GetByteCount(Phone) > PhoneBytes || !Phone.All(IsOfPhone) || Phone.Count(char.IsAsciiDigit) < FewestDigits))
            yield return ("phone", new Problem("problem.callback-phone"));
        if (Email.Length > 0 && !OrganizationRules.IsEmail(Email))
            yield return ("email", new Problem("problem.callback-email"));
        if (Problem.Length == 0 || Encoding.UTF8.GetByteCount(Problem) > ProblemBytes || Problem.Any(letter => char.IsControl(letter) && letter != '\n'))
            yield return ("problem", new Problem("problem.callback-problem", ProblemBytes));
        if (!Agrees)
            yield return ("agree", new Problem("problem.callback-agree"));
    }

    private static bool IsOfPhone(char letter) => char.IsAsciiDigit(letter) || letter is ' ' or '+' or '-' or '(' or ')' or '.' or '/';
}
