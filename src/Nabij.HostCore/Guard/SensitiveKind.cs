namespace Nabij.HostCore.Guard;

/// <summary>What a private window is about, as far as the list tells.</summary>
public enum SensitiveKind
{
    Bank,
    Identity,
    Payment,
    Passwords,
}
