namespace Nabij.Server.Backups;

/// <summary>What the audit log says about backups.</summary>
internal static class BackupAudit
{
    internal const string Made = "backup.made", Restored = "backup.restored";
}
