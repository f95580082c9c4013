namespace Nabij.HostApp.Screens;

/// <summary>What a short sound tells, so that somebody who looks elsewhere knows of it.</summary>
internal enum Sound
{
    /// <summary>Somebody sees the screen from now on.</summary>
    HelpBegins,

    /// <summary>The help has ended: nobody is connected any more.</summary>
    HelpEnds,
}
