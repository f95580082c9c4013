using System.Net;

namespace Nabij.Server.Web.Outbound;

/// <summary>Where names lead, by the machine's resolver; a test gives its own.</summary>
internal sealed class NameLookup(Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    internal Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellation) => resolve(name, cancellation);
}
