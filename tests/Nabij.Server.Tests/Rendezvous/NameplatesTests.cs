using Nabij.Server.Rendezvous;

namespace Nabij.Server.Tests.Rendezvous;

public sealed class NameplatesTests
{
    [Theory]
    [InlineData("000")]
    [InlineData("417")]
    [InlineData("799")]
    [InlineData("8000")]
    [InlineData("9999")]
    public void The_two_forms_of_the_chapter_are_well_formed(string nameplate) => Assert.True(Nameplates.IsWellFormed(nameplate));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("41")]
    [InlineData("800")]
    [InlineData("999")]
    [InlineData("7999")]
    [InlineData("0417")]
    [InlineData("41a")]
    [InlineData("4 7")]
    [InlineData("-17")]
    [InlineData("\u0661\u0662\u0663")]
    [InlineData("41700")]
    [InlineData("417902635")]
    public void Every_other_text_is_refused(string? nameplate) => Assert.False(Nameplates.IsWellFormed(nameplate));

    [Fact]
    public void Every_number_of_the_space_is_well_formed_and_distinct()
    {
        var all = Nameplates.Short.Concat(Nameplates.Long).ToHashSet();

        Assert.Equal(2800, all.Count);
        Assert.All(all, nameplate => Assert.True(Nameplates.IsWellFormed(nameplate)));
    }
}
