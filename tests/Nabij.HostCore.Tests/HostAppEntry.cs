using Xunit.MicrosoftTestingPlatform;

namespace Nabij.HostCore.Tests;

/// <summary>
/// The entry of this test program: xunit's own, except where a test started it as a child that shows windows.
/// </summary>
internal static class HostAppEntry
{
    public static async Task<int> Main(string[] arguments) =>
        OperatingSystem.IsLinux() && HostAppChild.TaskOfThisProcess is { } task
            ? HostAppChild.Run(task)
            : await TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
