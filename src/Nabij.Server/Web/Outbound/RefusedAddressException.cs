namespace Nabij.Server.Web.Outbound;

/// <summary>The name leads only to addresses that this server must not ask.</summary>
internal sealed class RefusedAddressException : IOException;
