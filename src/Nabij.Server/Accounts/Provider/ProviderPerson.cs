namespace Nabij.Server.Accounts.Provider;

/// <summary>Whom the provider says it is, after everything has been checked.</summary>
/// <param name="Subject">The provider's own id of the person, 1-255 characters.</param>
/// <param name="Email">Empty unless the provider has verified it.</param>
/// <param name="SignedInAt">When the person last signed in there; null when it does not say.</param>
internal sealed record ProviderPerson(string Subject, string Email, DateTimeOffset? SignedInAt);
