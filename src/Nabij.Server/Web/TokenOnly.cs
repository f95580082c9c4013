namespace Nabij.Server.Web;

/// <summary>
/// Marks an endpoint that no cookie opens: its caller proves itself by a header that browsers never send by themselves. There is
/// no form token to ask for, because there is nothing that another site's page could use.
/// </summary>
internal sealed class TokenOnly
{
    internal static readonly TokenOnly Mark = new();
}
