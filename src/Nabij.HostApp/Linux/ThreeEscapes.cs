namespace Nabij.HostApp.Linux;

/// <summary>Recognizes Esc pressed three times within a second with no other key in between. One thread only.</summary>
internal sealed class ThreeEscapes
{
    private const int Needed = 3;
    private const uint WithinMilliseconds = 1000;
    private readonly uint[] _times = new uint[Needed];
    private int _count;

    /// <summary>Takes one press of a key; the time is the X server's, in milliseconds, and may wrap around.</summary>
    /// <returns>True at the third Esc in time.</returns>
    public bool Press(bool isEscape, uint milliseconds)
    {
        if (!isEscape)
        {
            _count = 0;
            return false;
        }

        if (_count == Needed)
            _count = 0;
        while (_count > 0 && unchecked(milliseconds - _times[0]) > WithinMilliseconds)
        {
            _times.AsSpan(1, _count - 1).CopyTo(_times);
            _count--;
        }

        _times[_count++] = milliseconds;
        return _count == Needed;
    }
}
