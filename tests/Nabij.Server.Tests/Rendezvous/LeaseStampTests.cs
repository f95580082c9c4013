using Nabij.Server.Rendezvous;

namespace Nabij.Server.Tests.Rendezvous;

public sealed class LeaseStampTests
{
    private static readonly Guid Shop = new("11111111-1111-1111-1111-111111111111");
    private static readonly DateTimeOffset Since = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private readonly LeaseStamp _stamp = new(Key(1));

    [Theory]
    [InlineData("000")]
    [InlineData("417")]
    [InlineData("8000")]
    [InlineData("9999")]
    public void A_lease_says_its_nameplate_and_start_to_the_server_that_made_it(string nameplate)
    {
        var text = _stamp.Issue(Shop, nameplate, Since);

        var lease = _stamp.Read(Shop, text);

        Assert.Matches("^[0-9a-f]{64}$", text);
        Assert.Equal(new Lease(nameplate, Since, LeaseStamp.Fingerprint(text)), lease);
    }

    [Fact]
    public void A_server_that_restarted_with_the_same_key_honors_the_lease()
    {
        var text = _stamp.Issue(Shop, "417", Since);

        Assert.Equal("417", new LeaseStamp(Key(1)).Read(Shop, text)?.Nameplate);
    }

    [Fact]
    public void A_lease_of_another_key_or_another_organization_claims_nothing()
    {
        var text = _stamp.Issue(Shop, "417", Since);

        Assert.Null(new LeaseStamp(Key(2)).Read(Shop, text));
        Assert.Null(_stamp.Read(new Guid("22222222-2222-2222-2222-222222222222"), text));
    }

    [Fact]
    public void A_lease_with_any_bit_changed_claims_nothing()
    {
        var bytes = Convert.FromHexString(_stamp.Issue(Shop, "417", Since));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var altered = bytes.ToArray();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(_stamp.Read(Shop, Convert.ToHexStringLower(altered)));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    public void A_text_that_is_no_lease_claims_nothing(string? text) => Assert.Null(_stamp.Read(Shop, text));

    [Fact]
    public void Two_leases_for_the_same_nameplate_differ() =>
        Assert.NotEqual(_stamp.Issue(Shop, "417", Since), _stamp.Issue(Shop, "417", Since));

    private static byte[] Key(byte fill)
    {
        var key = new byte[32];
        Array.Fill(key, fill);
        return key;
    }
}
