using Nabij.Server.Desk.Notes;

namespace Nabij.Server.Tests.Desk;

public sealed class WorkUnitTests
{
    [Theory]
    [InlineData(0, "up", 61, 61)]
    [InlineData(1, "up", 61, 120)]
    [InlineData(5, "up", 0, 0)]
    [InlineData(5, "up", 1, 300)]
    [InlineData(5, "up", 300, 300)]
    [InlineData(15, "nearest", 449, 0)]
    [InlineData(15, "nearest", 450, 900)]
    [InlineData(60, "nearest", 5_400, 7_200)]
    public void Time_is_rounded_as_the_organization_says(int minutes, string rounding, long seconds, long rounded) =>
        Assert.Equal(rounded, new WorkUnit(minutes, rounding).Round(seconds));

    [Theory]
    [InlineData(7, "up")]
    [InlineData(-5, "up")]
    [InlineData(5, "down")]
    [InlineData(5, "")]
    public void Another_unit_or_rule_is_not_taken(int minutes, string rounding) => Assert.False(WorkUnit.IsValid(minutes, rounding));
}
