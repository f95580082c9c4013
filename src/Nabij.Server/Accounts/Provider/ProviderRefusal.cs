using Nabij.Server.Pages;

namespace Nabij.Server.Accounts.Provider;

/// <summary>Why a sign-in by the provider did not succeed, as a fixed word: in the audit chain, and for the page that says it.</summary>
internal static class ProviderRefusal
{
    /// <summary>The person said no at the provider, or it refused.</summary>
    internal const string Declined = "declined";

    /// <summary>It does not answer, or not as a provider does.</summary>
    internal const string Unreachable = "unreachable";

    /// <summary>Its address is in a private network that the operator has not allowed.</summary>
    internal const string Private = "private";

    /// <summary>What came back does not belong to what was begun in this browser, or came too late.</summary>
    internal const string Late = "late";

    /// <summary>Its statement about the person is not to be trusted; the audit chain says what is wrong with it.</summary>
    internal const string Untrusted = "untrusted";

    /// <summary>Nobody here has that address, or it is not verified, or not of the domain that is allowed.</summary>
    internal const string Unknown = "unknown";

    /// <summary>Owners and administrators connect their accounts themselves.</summary>
    internal const string Connect = "connect";

    /// <summary>Another person here is connected to that account.</summary>
    internal const string Taken = "taken";

    /// <summary>The person did not sign in anew there, as a confirmation asks.</summary>
    internal const string Stale = "stale";

    internal const string NotNow = "not-now", NotHere = "not-here";

    private static readonly string[] Known = [Declined, Unreachable, Private, Late, Untrusted, Unknown, Connect, Taken, Stale];

    /// <summary>Null for a word that is none of these.</summary>
    internal static string? Words(Texts texts, string word) => word switch
    {
        NotNow or NotHere => texts[$"sign-in.{word}"],
        _ => Known.Contains(word) ? texts[$"provider.problem.{word}"] : null,
    };

    /// <summary>For pages that show problems as such; empty for a word that is none of these.</summary>
    internal static IReadOnlyList<Problem> Problem(string word) => Known.Contains(word) ? [new Problem($"provider.problem.{word}")] : [];
}

/// <summary>A sign-in by the provider that ends here. The message is for the audit chain: fixed words, never what the provider sent.</summary>
internal sealed class ProviderException(string refusal, string details) : Exception(details)
{
    /// <summary>Of <see cref="ProviderRefusal"/>.</summary>
    internal string Refusal { get; } = refusal;
}
