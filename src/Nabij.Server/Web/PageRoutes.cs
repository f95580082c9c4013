namespace Nabij.Server.Web;

/// <summary>
/// Maps what may be read: GET, and HEAD with the same headers and no body, as RFC 9110 (9.3.2) wants it and as checkers
/// of links and monitors ask. Sockets and event streams stay with GET alone: a HEAD of them would never end.
/// </summary>
internal static class PageRoutes
{
    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Head];

    internal static RouteHandlerBuilder MapPage(this IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        routes.MapMethods(pattern, Verbs, handler);
}
