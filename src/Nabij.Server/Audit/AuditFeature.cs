namespace Nabij.Server.Audit;

internal static class AuditFeature
{
    internal static void AddAudit(this WebApplicationBuilder builder) => builder.Services.AddSingleton<AuditLog>();
}
