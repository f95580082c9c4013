using Nabij.Protocol.Session;

namespace Nabij.HostCore.Rendezvous;

/// <summary>
/// The support code of one connection: the server's nameplate and our secret digits, how long they serve, and how many
/// wrong codes came in a row (docs/protocol/02; security.md 3.1). Used by one task.
/// </summary>
internal sealed class CodeState(TimeProvider time) : IDisposable
{
    /// <summary>After three wrong codes in a row there is a pause, after six the end.</summary>
    private const int WrongBeforePause = 3, WrongBeforeEnd = 6;

    /// <summary>The pause.</summary>
    public static readonly TimeSpan PauseTime = TimeSpan.FromSeconds(60);

    /// <summary>Secret digits serve at most this long, whatever the server says.</summary>
    public static readonly TimeSpan LongestSecretTime = TimeSpan.FromMinutes(10);

    private Moment made;
    private int wrongInARow;
    private TimeSpan lifetime = LongestSecretTime;

    /// <summary>The secret digits in force; null before the first nameplate.</summary>
    public SupportSecret? Secret { get; private set; }

    public string Nameplate { get; private set; } = "";

    /// <summary>How long the digits still serve.</summary>
    public TimeSpan Left => Secret is null ? TimeSpan.Zero : lifetime - made.Elapsed(time);

    public bool IsPauseDue => wrongInARow > 0 && wrongInARow % WrongBeforePause == 0;

    public bool IsOver => wrongInARow >= WrongBeforeEnd;

    /// <summary>Takes the nameplate; makes digits where there are none, or none that fit it.</summary>
    public void Give(string nameplate, TimeSpan secretLifetime)
    {
        lifetime = secretLifetime < LongestSecretTime ? secretLifetime : LongestSecretTime;
        var keeps = Secret is { IsBurnt: false } && Nameplate == nameplate && Left > TimeSpan.Zero;
        Nameplate = nameplate;
        if (!keeps) Renew();
    }

    /// <summary>New secret digits for the same nameplate.</summary>
    public void Renew()
    {
        Secret?.Burn();
        Secret = SupportSecret.Create(Nameplate);
        made = Moment.Now(time);
    }

    /// <summary>A wrong code was entered, or the digits were burnt otherwise.</summary>
    public void CountWrong() => wrongInARow++;

    public void ForgetWrong() => wrongInARow = 0;

    /// <summary>All nine digits, for the customer's screen only.</summary>
    public string Show()
    {
        Span<char> digits = stackalloc char[Nabij.Protocol.Rendezvous.Nameplate.CodeDigits];
        var length = Secret!.Show(digits);
        return string.Concat(Nameplate, digits[..length]);
    }

    public void Dispose() => Secret?.Burn();
}
