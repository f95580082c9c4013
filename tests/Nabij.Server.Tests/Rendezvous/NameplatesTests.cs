using Nabij.Protocol.Rendezvous;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Tests.Rendezvous;

public sealed class NameplatesTests
{
    [Fact]
    public void Every_number_of_the_space_is_a_nameplate_of_the_protocol_and_distinct()
    {
        var all = Nameplates.Short.Concat(Nameplates.Long).ToHashSet();

        Assert.Equal(2800, all.Count);
        Assert.All(all, nameplate => Assert.True(Nameplate.IsValid(nameplate)));
    }

    [Fact]
    public void The_space_leaves_out_no_nameplate_of_the_protocol()
    {
        var given = Nameplates.Short.Concat(Nameplates.Long).ToHashSet();
        var valid = Enumerable.Range(0, 1000).Select(number => $"{number:D3}").Concat(Enumerable.Range(0, 10_000).Select(number => $"{number:D4}")).Where(Nameplate.IsValid);

        Assert.True(given.SetEquals(valid));
    }
}
