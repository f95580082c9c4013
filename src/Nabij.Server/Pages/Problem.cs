namespace Nabij.Server.Pages;

/// <summary>Why something cannot be done, as a key of the texts and what to fill in; said in the reader's language.</summary>
/// <param name="Key">A key of Pages/Texts.</param>
/// <param name="Values">What its places are filled with.</param>
internal sealed record Problem(string Key, params object[] Values)
{
    /// <summary>The id of the form's field that it is about; empty when it is about none alone.</summary>
    internal string Field { get; private init; } = "";

    internal Problem At(string field) => this with { Field = field };

    internal string In(Texts texts) => texts.Format(Key, Values);
}
