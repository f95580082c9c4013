namespace Nabij.Server.Audit;

internal static class AuditFeature
{
    internal static void AddAudit(this IServiceCollection services) => services.AddSingleton<AuditLog>();
}
