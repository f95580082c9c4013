using Nabij.HostCore.Picture.Px;
using Nabij.Protocol.Screen.Px;

namespace Nabij.HostCore.Tests.Picture.Px;

/// <summary>Which blocks of the viewer's picture are known to be approximations (picture.md B5.6).</summary>
public sealed class ExactnessTests
{
    private const int Side = 64, Columns = 4;

    [Fact]
    [Trait("Invariant", "6")]
    public void Copy_of_the_last_approximated_block_stays_approximated_when_its_source_becomes_exact_first()
    {
        var picture = new PxPicture();
        picture.Reset(Side, Side);
        var (exactness, content) = (new Exactness(picture), new PieceContent());
        exactness.Reset();
        content.Reset(Columns * Columns);
        (content.FirstRow, content.RowCount) = (0, 1);

        content.Modes[0] = BlockMode.Transform;
        exactness.BeginUpdate();
        exactness.Coded(content, TimeSpan.Zero);

        (content.Modes[0], content.Modes[1]) = (BlockMode.Intra, BlockMode.Copy);
        (content.VectorCount, content.Vectors[0]) = (1, new MotionVector(-PxPicture.BlockSide, 0));
        exactness.BeginUpdate();
        exactness.Coded(content, TimeSpan.Zero);

        Assert.Equal(TimeSpan.Zero, exactness.UntilDue(TimeSpan.FromSeconds(1)));
    }
}
