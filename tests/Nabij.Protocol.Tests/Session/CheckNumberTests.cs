using System.Buffers.Binary;
using System.Globalization;
using Nabij.Protocol.Session;

namespace Nabij.Protocol.Tests.Session;

/// <summary>
/// A middle-man who already has the code and grinds for equal check numbers (security.md 3.7). Kept so that no later
/// change lets anything into the number that a peer may still choose after nonce_t is revealed.
/// </summary>
[Trait("Campaign", "check-number")]
public sealed class CheckNumberTests
{
    private const int Attacks = 20;
    private const int MostTries = 150_000;
    private const int FullPairs = 300_000;

    [Fact]
    public void A_number_from_master_would_yield_to_grinding_message_4()
    {
        var random = new SeededRandom(Campaign.Seed);
        for (var attack = 0; attack < Attacks; attack++)
        {
            using var towardsViewer = new SecretBytes(random.Bytes(32));
            var (th2, wanted) = (random.Bytes(32), random.Below(10_000).ToString("D4", CultureInfo.InvariantCulture));
            var (nonceT, nonceC) = (random.Bytes(16), random.Bytes(16));
            var tries = 0;
            while (NumberFromMaster(towardsViewer, th2, tries, nonceT, nonceC) != wanted && tries < MostTries)
                tries++;
            Assert.True(tries < MostTries, $"seed {Campaign.Seed}, attack {attack}");
        }
    }

    [Fact]
    public void Whatever_is_chosen_after_message_3_leaves_the_number_as_it_was()
    {
        var random = new SeededRandom(Campaign.Seed);
        using var isk = new SecretBytes(random.Bytes(64));
        var (nonceT, nonceC) = (random.Bytes(16), random.Bytes(16));
        using var keys = new KeySchedule(
            new RunTranscript { Ci = [1], Sid = random.Bytes(32), Message1 = [2], Message2 = [3] }, isk);
        var number = keys.CheckNumber(nonceT, nonceC);
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            keys.AddMessage3(random.Bytes(100));
            using var master = keys.Master(random.Bytes(100));
            Assert.Equal(number, keys.CheckNumber(nonceT, nonceC));
        }
    }

    [Fact]
    public void Two_runs_of_a_middle_man_agree_once_in_ten_thousand()
    {
        // Towards the host he is committed before he sees MSG2, towards the viewer he does not know nonce_t when he sends
        // it: both numbers are then as random as fresh keys.
        var random = new SeededRandom(Campaign.Seed);
        var pairs = Campaign.Size(FullPairs);
        var agreed = 0;
        for (var pair = 0; pair < pairs; pair++)
        {
            using var towardsHost = new SecretBytes(random.Bytes(32));
            using var towardsViewer = new SecretBytes(random.Bytes(32));
            var one = KeySchedule.CheckNumber(towardsHost, random.Bytes(16), random.Bytes(16));
            var other = KeySchedule.CheckNumber(towardsViewer, random.Bytes(16), random.Bytes(16));
            agreed += one == other ? 1 : 0;
        }

        var expected = pairs / 10_000.0;
        Assert.InRange(agreed, 0, expected + (5 * Math.Sqrt(expected)));
    }

    // The first draft: HKDF-Expand(master, ...), and master covers MSG4 with the machine name in it.
    private static string NumberFromMaster(SecretBytes prk, byte[] th2, int machineName, byte[] nonceT, byte[] nonceC)
    {
        Span<byte> message4 = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(message4, machineName);
        using var master = KeyDerivation.Extract(KeySchedule.HashItems("RS1 th3"u8, th2, message4), prk.Span);
        return KeySchedule.CheckNumber(master, nonceT, nonceC);
    }
}
