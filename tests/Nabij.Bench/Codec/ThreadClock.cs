using System.Runtime.InteropServices;

namespace Nabij.Bench.Codec;

/// <summary>
/// Processor time of the calling thread, so that other programs' work does not count; elsewhere than on Linux the steady
/// clock. Coding and decoding run on one thread.
/// </summary>
internal static partial class ThreadClock
{
    private const int ThreadProcessorTime = 3; // CLOCK_THREAD_CPUTIME_ID of time.h

    public static TimeSpan Now
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return TimeProvider.System.GetElapsedTime(0);
            _ = GetTime(ThreadProcessorTime, out var time);
            return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick);
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    // struct timespec of a 64-bit system.
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
