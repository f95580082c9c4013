namespace Nabij.Server.Web;

/// <summary>
/// The verbs of what may be read: GET, and HEAD with the same headers and no body, as RFC 9110 (9.3.2) wants it and as
/// checkers of links and monitors ask. Sockets and event streams stay with GET alone: a HEAD of them would never end.
/// </summary>
internal static class PageRoutes
{
    internal static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Head];
}
