using Nabij.Protocol.Screen.Px;

namespace Nabij.Protocol.Tests.Px;

/// <summary>
/// Makes valid streams of pictures out of flat areas, letters, gradients and noise, which move about, in every mode, chosen
/// at random where the rules allow it: not what an encoder would choose, but everything that a decoder must understand.
/// </summary>
internal sealed class PxStreamMaker
{
    private const int Updates = 14, FarthestMove = 24, MostStep = 63, MostVectors = 4, MostRows = 5;
    private static readonly uint[] s_inks = [0x000000, 0xFFFFFF, 0x1E1E1E, 0x2F6FBF, 0xC03020, 0xF0F0F0];

    private readonly SeededRandom _random;
    private readonly PxWriter _writer = new();
    private readonly PieceContent _content = new();
    private readonly List<PxStreamPiece> _pieces = [];
    private uint[] _actual = [];

    private PxStreamMaker(SeededRandom random) => _random = random;

    private PxPicture Picture => _writer.Picture;

    public static PxStream Make(SeededRandom random, int width, int height)
    {
        var maker = new PxStreamMaker(random);
        maker._writer.Picture.Reset(width, height);
        maker._actual = maker.Picture.AllPixels.ToArray();
        for (var update = 0; update < Updates; update++) maker.AddUpdate();
        return new PxStream(width, height, maker._pieces);
    }

    private void AddUpdate()
    {
        Draw();
        // Large pictures change in a few rows only, so that a campaign sees many of their pieces.
        var isLarge = Picture.Rows > MostRows;
        var row = isLarge ? _random.Below(Picture.Rows) : 0;
        var end = isLarge ? Math.Min(Picture.Rows, row + 1 + _random.Below(MostRows)) : Picture.Rows;
        while (row < end)
        {
            var count = _random.Below(2) == 0 ? end - row : 1 + _random.Below(end - row);
            AddPiece(row, count, row + count == end);
            row += count;
        }

        Picture.EndUpdate();
    }

    private void AddPiece(int firstRow, int rowCount, bool isLast)
    {
        _content.Reset(Picture.Columns * Picture.Rows);
        (_content.FirstRow, _content.RowCount) = (firstRow, rowCount);
        _content.Step = 1 + _random.Below(MostStep);
        _content.VectorCount = _random.Below(MostVectors + 1);
        for (var i = 0; i < _content.VectorCount; i++) _content.Vectors[i] = Move();
        var favorite = _random.Below(16);
        var isLarge = Picture.Rows > MostRows;
        for (var block = firstRow * Picture.Columns; block < (firstRow + rowCount) * Picture.Columns; block++)
        {
            var wanted = _random.Below(4) switch { 0 when !isLarge || _random.Below(8) == 0 => _random.Below(16), 3 when !isLarge => favorite, 2 => favorite, _ => 0 };
            _content.Modes[block] = Allowed((BlockMode)wanted, block);
        }

        var bytes = _writer.Write(_content, _actual).ToArray();
        _pieces.Add(new PxStreamPiece(isLast, bytes, PxOutcome.HashOf(Picture)));
        // What is on the screen now is what the next piece follows on.
        Picture.AllPixels.CopyTo(_actual);
    }

    private BlockMode Allowed(BlockMode wanted, int block)
    {
        switch (wanted)
        {
            case >= BlockMode.Copy and < BlockMode.Ring when !IsUsable(block, wanted - BlockMode.Copy):
            case >= BlockMode.Moved and < BlockMode.Photo when !IsUsable(block, wanted - BlockMode.Moved):
                return BlockMode.Intra;
            case BlockMode.Ring:
                if (Picture.RingCount == 0 || !Picture.IsWhole(block)) return BlockMode.Same;
                _content.References[block] = (ushort)_random.Below(Picture.RingCount);
                return BlockMode.Ring;
            case BlockMode.Motion:
                var motion = Move();
                _content.Motions[block] = IsInside(block, motion) ? motion : default;
                return BlockMode.Motion;
            default:
                return wanted;
        }
    }

    private bool IsUsable(int block, int vector) => vector < _content.VectorCount && IsInside(block, _content.Vectors[vector]);

    private bool IsInside(int block, MotionVector move)
    {
        var (x, y, width, height) = Picture.Area(block);
        return x + move.X >= 0 && y + move.Y >= 0 && x + move.X + width <= Picture.Width && y + move.Y + height <= Picture.Height;
    }

    private MotionVector Move() => _random.Below(3) switch
    {
        0 => new MotionVector(0, Distance()),
        1 => new MotionVector(Distance(), 0),
        _ => new MotionVector(Distance(), Distance()),
    };

    private int Distance() => _random.Below(2 * FarthestMove + 1) - FarthestMove;

    private void Draw()
    {
        for (var i = 0; i < 3; i++)
        {
            int left = _random.Below(Picture.Width), top = _random.Below(Picture.Height);
            int width = 1 + _random.Below(Picture.Width - left), height = 1 + _random.Below(Picture.Height - top);
            DrawArea(left, top, Math.Min(width, 200), Math.Min(height, 200));
        }
    }

    private void DrawArea(int left, int top, int width, int height)
    {
        var kind = _random.Below(4);
        uint ink = _random.Pick(s_inks), paper = _random.Pick(s_inks);
        var alphabet = _random.Next();
        for (var y = top; y < top + height; y++)
            for (var x = left; x < left + width; x++)
                _actual[Picture.At(x, y)] = kind switch
                {
                    0 => paper,
                    1 => (alphabet >> ((x * 3 + y * 5) & 63) & 1) != 0 ? ink : paper,
                    2 => (uint)((x * 255 / Picture.Width) << 16 | (y * 255 / Picture.Height) << 8 | ((x + y) & 255)),
                    _ => (uint)_random.Next() & 0x00FF_FFFF,
                };
    }
}
