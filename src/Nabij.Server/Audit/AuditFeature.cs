using Nabij.Server.Storage;

namespace Nabij.Server.Audit;

internal static class AuditFeature
{
    internal static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditLog>();
        services.AddSingleton<AuditRedaction>();
        services.AddSingleton<AuditCheckpoints>();
        services.AddSingleton<AuditVerification>();
        services.AddSingleton<RetentionProof>();
        services.AddSingleton<Records.StatementSigner>();
    }
}
