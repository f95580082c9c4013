namespace Nabij.Server.Accounts.Provider;

/// <summary>Waits and lifetimes of signing in by a provider; settings, checked at start.</summary>
internal sealed class ProviderTimes
{
    internal const string Section = "Provider";

    /// <summary>How long a person may be away at the provider.</summary>
    public TimeSpan Away { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the provider's document and keys are taken as they were read.</summary>
    public TimeSpan Kept { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How soon they are read again for a key that is not among them, so that nobody makes us ask without end.</summary>
    public TimeSpan ReadAgain { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the provider may take to answer.</summary>
    public TimeSpan Answer { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How far its clock may be from ours.</summary>
    public TimeSpan Skew { get; set; } = TimeSpan.FromMinutes(1);

    internal static bool IsValid(ProviderTimes times) =>
        times.Away >= TimeSpan.FromMinutes(1) && times.Away <= TimeSpan.FromMinutes(60) && times.Kept > TimeSpan.Zero && times.Kept <= TimeSpan.FromDays(7) &&
        times.ReadAgain >= TimeSpan.Zero && times.ReadAgain <= TimeSpan.FromHours(1) && times.Answer >= TimeSpan.FromSeconds(1) && times.Answer <= TimeSpan.FromSeconds(25) &&
        times.Skew >= TimeSpan.Zero && times.Skew <= TimeSpan.FromMinutes(5);
}
