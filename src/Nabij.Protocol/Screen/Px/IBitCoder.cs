namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// The two directions of the range coder. The body of the codec is written once over it, so that encoder and decoder
/// cannot drift: an encoder is given the bit and returns it, a decoder ignores the bit it is given and returns the one it read.
/// </summary>
internal interface IBitCoder
{
    /// <summary>True when bits come out of the stream; a constant for each implementation.</summary>
    bool Decodes { get; }

    /// <summary>One bit, with an adaptive probability.</summary>
    int Bit(ref Probability probability, int bit);

    /// <summary>The lowest <paramref name="count"/> bits of a value, highest first, each as likely 0 as 1.</summary>
    int EvenBits(int count, int value);

    /// <summary>Stops a reader whose stream has run out; nothing for a writer.</summary>
    /// <exception cref="Wire.WireFormatException">Truncated.</exception>
    void RequireMore();
}
