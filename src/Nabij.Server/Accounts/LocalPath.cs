namespace Nabij.Server.Accounts;

/// <summary>Where a sign-in may lead back to: a path of this site, never an address.</summary>
internal static class LocalPath
{
    internal const string Desk = "/desk";

    private const int MaximumLength = 500;

    internal static string OrDesk(string? path) => Or(path, Desk);

    internal static string Or(string? path, string otherwise) => IsLocal(path) ? path : otherwise;

    private static bool IsLocal([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? path) =>
        path is { Length: > 0 and <= MaximumLength } && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\')) &&
        path.All(letter => letter is > ' ' and < '\x7f' and not '\\') && !path.StartsWith(AccountsFeature.SignInPath, StringComparison.Ordinal) && !path.StartsWith(ConfirmEndpoints.Path, StringComparison.Ordinal);
}
