namespace Nabij.Server.Accounts;

/// <summary>How a step of signing in ended.</summary>
internal enum SignInOutcome
{
    /// <summary>Wrong name, wrong password or wrong code: never said which.</summary>
    Refused,

    /// <summary>Not right, and no code of the authenticator can be: the server has lost the key ring that its secret was sealed with.</summary>
    Unreadable,

    /// <summary>Too many failures: wait for the pause to pass.</summary>
    Paused,

    /// <summary>Too many people sign in at this moment.</summary>
    Busy,

    /// <summary>The password was right; a second factor is asked for.</summary>
    SecondFactor,

    /// <summary>Everything was right, but outside this person's working hours.</summary>
    NotNow,

    /// <summary>Everything was right, but from a network that is not allowed.</summary>
    NotHere,

    /// <summary>Done: the cookie is set.</summary>
    SignedIn,
}

/// <param name="Kind">How the step ended.</param>
/// <param name="Pause">How long to wait, with <see cref="SignInOutcome.Paused"/> only.</param>
/// <param name="Home">Where this person's work begins, with <see cref="SignInOutcome.SignedIn"/> only.</param>
internal readonly record struct SignInResult(SignInOutcome Kind, TimeSpan Pause = default, string Home = LocalPath.Desk)
{
    /// <summary>Where to go after signing in: the page that was asked for, else the person's own beginning.</summary>
    internal string Next(string returnPath) => returnPath == LocalPath.Desk ? Home : returnPath;
}
