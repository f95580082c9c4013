using Nabij.Server.Accounts;

namespace Nabij.Server.Audit;

/// <summary>Who acts within an organization: a person who is signed in, or another program by its API token.</summary>
/// <param name="OrganizationId">Whose rows may be touched.</param>
/// <param name="Word">As the audit chain names it: an account's id, or "token" and the token's id.</param>
/// <param name="Name">As people see it.</param>
internal sealed record Actor(Guid OrganizationId, string Word, string Name)
{
    private const string TokenMark = "token ";

    internal static Actor Of(SignedIn who) => new(who.OrganizationId, who.AccountId.ToString(), who.DisplayName);

    internal static string TokenWord(Guid token) => $"{TokenMark}{token}";

    /// <summary>The token that a word names; null for any other.</summary>
    internal static Guid? TokenOf(string word) =>
        word.StartsWith(TokenMark, StringComparison.Ordinal) && Guid.TryParseExact(word.AsSpan(TokenMark.Length), "D", out var token) ? token : null;
}
