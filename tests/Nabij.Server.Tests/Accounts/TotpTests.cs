using System.Text;
using Nabij.Server.Accounts;

namespace Nabij.Server.Tests.Accounts;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>The SHA-1 vectors of RFC 6238, appendix B, cut to six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_vectors_of_the_standard_hold(long seconds, string code) =>
        Assert.Equal(code, Totp.Code(Secret, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Fact]
    public void One_step_of_clock_difference_is_allowed_and_no_more()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        int[] differences = [-60, -30, 0, 30, 60];

        var accepted = differences.Where(seconds => Totp.FindStep(Secret, Totp.Code(Secret, now.AddSeconds(seconds)), now, 0) is not null);

        Assert.Equal([-30, 0, 30], accepted);
    }

    [Fact]
    public void A_step_that_was_used_is_refused_as_is_every_earlier_one()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var step = Totp.FindStep(Secret, Totp.Code(Secret, now), now, 0);

        Assert.NotNull(step);
        Assert.Null(Totp.FindStep(Secret, Totp.Code(Secret, now), now, step.Value));
        Assert.Null(Totp.FindStep(Secret, Totp.Code(Secret, now.AddSeconds(-30)), now, step.Value));
    }

    /// <summary>RFC 4648, section 10.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_the_standard_one(string text, string encoded) => Assert.Equal(encoded, Totp.Base32(Encoding.ASCII.GetBytes(text)));
}
