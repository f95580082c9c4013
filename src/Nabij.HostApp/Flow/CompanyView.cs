namespace Nabij.HostApp.Flow;

/// <summary>Who takes part, for the bar. Everybody's name is fit to show.</summary>
/// <param name="People">Number and name of everybody who was let in; the technician in front first.</param>
/// <param name="Controller">Who has mouse and keyboard now; null for nobody.</param>
/// <param name="Controlling">The others who may use them.</param>
/// <param name="MayInvite">A relative may be invited now.</param>
internal sealed record CompanyView(
    IReadOnlyList<(byte Person, string Name)> People, string? Controller, IReadOnlyList<(byte Person, string Name)> Controlling, bool MayInvite)
{
    /// <summary>The technician in front has left, and nobody else has been let in who helps.</summary>
    public bool IsVacant { get; init; }

    public bool IsSeveral => People.Count > 1;
}
