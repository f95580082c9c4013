using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Nabij.Server.Accounts;

/// <summary>
/// Refuses passwords that guessers try first: the list beside this file, its entries repeated or followed by digits,
/// the organization's or the person's own name, one character repeated. Nothing is asked of anybody outside.
/// </summary>
internal sealed class CommonPasswordRule : IPasswordValidator<Account>
{
    internal const int MaximumLength = 256;

    /// <summary>Codes of the refusals; the words are in the texts.</summary>
    internal const string TooLong = "password-too-long", TooCommon = "password-common";

    private const int ShortestOwnWord = 4;

    private static readonly FrozenSet<string> Common = Read();

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var text = password ?? "";
        if (text.Length > MaximumLength)
            return Refuse(TooLong);
        return IsCommon(text, [user.Email ?? "", user.DisplayName])
            ? Refuse(TooCommon)
            : Task.FromResult(IdentityResult.Success);
    }

    internal static bool IsCommon(string password, IEnumerable<string> ownWords)
    {
        var bare = Bare(password);
        if (bare.Length == 0 || bare.Distinct().Count() <= 2 || Common.Contains(bare) || Common.Contains(bare.TrimEnd("0123456789".ToCharArray())))
            return true;
        var half = bare[..(bare.Length / 2)];
        if (bare == half + half && Common.Contains(half))
            return true;
        var words = ownWords.SelectMany(word => word.Split(['@', '.', ' ', '-'])).Select(Bare).Where(word => word.Length >= ShortestOwnWord);
        var rest = words.OrderByDescending(word => word.Length).Aggregate(bare, (left, word) => left.Replace(word, "", StringComparison.Ordinal));
        return rest.Length < bare.Length / 2;
    }

    /// <summary>Letters and digits in lower case: "P a s s-word!" is "password".</summary>
    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static Task<IdentityResult> Refuse(string code) => Task.FromResult(IdentityResult.Failed(new IdentityError { Code = code, Description = code }));

    private static FrozenSet<string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("accounts/common-passwords.txt") ?? throw new FileNotFoundException("common-passwords.txt");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Bare).ToFrozenSet(StringComparer.Ordinal);
    }
}
