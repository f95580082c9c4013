using System.Diagnostics;
using System.Runtime.Versioning;
using Nabij.HostApp.Linux;
using Nabij.HostApp.Screens;

namespace Nabij.HostCore.Tests;

/// <summary>
/// What this test program does instead of testing when it was started as another test's child. GTK reads the
/// display from the environment once, at its start, so windows need a process of their own.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class HostAppChild
{
    public const string Variable = "NABIJ_WINDOWS_CHILD";
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(1100);

    /// <summary>What this process was started for; null when it is to test.</summary>
    public static string? TaskOfThisProcess => Environment.GetEnvironmentVariable(Variable);

    public static int Run(string task)
    {
        Environment.SetEnvironmentVariable(Variable, null);
        return task switch
        {
            "screens" => WithShell(HostAppGallery.Run),
            "stuck" => StopWhileStuck(),
            "parts" => ShowParts(),
            "answers" => ShowAnswers(),
            "awake" => StayAwake(),
            "locked" => NoticeTheLock(),
            "stop-runs" => WithShell(HostAppStopRuns.Run),
            _ => 2,
        };
    }

    /// <summary>Starts this program again for a task on a display.</summary>
    public static Process Start(string task, string display, params (string Name, string Value)[] environment)
    {
        var start = HostAppDesktop.With(
            new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true }, display);
        start.Environment[Variable] = task;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    // The bar, then a UI thread that hangs. Prints a line at each Stop.
    private static int StopWhileStuck() => WithShell(shell =>
    {
        using var release = new ManualResetEventSlim();
        shell.StopPressed += () => Console.WriteLine("stop " + Stopwatch.GetTimestamp());
        shell.Post(() => shell.ShowBar(HostAppSamples.Bars("en").First(sample => sample.Name == "bar-controlling").Bar));
        Wait(Settle);
        using var stuck = new ManualResetEventSlim();
        shell.Post(() =>
        {
            stuck.Set();
            release.Wait();
        });
        stuck.Wait();
        Console.WriteLine("stuck");
        Console.In.ReadLine();
        release.Set();
    });

    // One screen with every kind of part, and an error beside each answer once something was answered.
    private static int ShowParts() => WithShell(shell =>
    {
        using var ended = new ManualResetEventSlim();
        shell.Happened += happening =>
        {
            if (happening.Part == "guarded")
                ended.Set();
            else
                shell.Show("main", HostAppSamples.EveryPart("changed", happening));
        };
        shell.Post(() => shell.Show("main", HostAppSamples.EveryPart("first", null)));
        ended.Wait();
    });

    // Every screen on which something can be given away or ended, each in a window of its own, until told. Prints what is pressed.
    private static int ShowAnswers() => WithShell(shell =>
    {
        Screen? shown = null;
        shell.Happened += happening =>
        {
            if (shown!.Presses.FirstOrDefault(press => press.Id == happening.Part) is { } press)
                Console.WriteLine($"{(IsWeighty(press) ? "weighty" : "harmless")} {happening.Screen} {happening.Part}");
        };
        foreach (var (name, screen) in HostAppSamples.All("en").Where(sample => sample.Screen.Presses.Any(IsWeighty)).DistinctBy(sample => sample.Screen.Id))
        {
            shown = screen;
            shell.Post(() =>
            {
                shell.Show("main", screen);
                shell.Raise("main");
            });
            Wait(Settle);
            Console.WriteLine("shown " + name);
            Console.In.ReadLine();
            Wait(TimeSpan.FromMilliseconds(200));
            shell.Post(() => shell.Close("main"));
        }

        static bool IsWeighty(Press press) => press.Guarded || press.Weight == PressWeight.Danger;
    });

    // Holds off sleep until told, on whatever session bus there is.
    private static int StayAwake() => WithShell(shell =>
    {
        shell.Post(() => shell.HoldOffSleep(true, "a session runs"));
        Console.In.ReadLine();
        shell.Post(() => shell.HoldOffSleep(false, string.Empty));
        Console.In.ReadLine();
    });

    // As above, until the desktop tells that it is locked.
    private static int NoticeTheLock() => WithShell(shell =>
    {
        using var locked = new ManualResetEventSlim();
        shell.Locked += locked.Set;
        shell.Post(() => shell.HoldOffSleep(true, "a session runs"));
        locked.Wait();
        shell.Post(() => shell.HoldOffSleep(false, string.Empty));
        Console.In.ReadLine();
    });

    private static int WithShell(Action<GtkShell> work)
    {
        using var shell = GtkShell.Open();
        if (shell is null)
            return 4;
        var worker = new Thread(() =>
        {
            work(shell);
            shell.Quit(0);
        });
        worker.Start();
        return shell.Run();
    }

    // A picture needs the window to be drawn, which no call tells; this is not part of any test.
    private static void Wait(TimeSpan time)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(time);
    }
}
