namespace Nabij.Server.Accounts;

/// <summary>Marks what an open page asks for by itself, with nobody at it: it does not keep a sign-in from going idle.</summary>
internal sealed class Unattended
{
    internal static readonly Unattended Mark = new();
}
