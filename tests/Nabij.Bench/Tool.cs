using System.ComponentModel;
using System.Diagnostics;

namespace Nabij.Bench;

/// <summary>Other programs that the bench runs.</summary>
internal static class Tool
{
    /// <summary>Starts a program whose output is read by us; what it complains of is left out where it is known to be noise.</summary>
    /// <exception cref="BenchException">It is not installed.</exception>
    public static Process Start(string program, IEnumerable<string> arguments, bool takesInput = false, bool isNoisy = false)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = takesInput, RedirectStandardError = isNoisy };
        try
        {
            var process = Process.Start(start)!;
            if (isNoisy) process.BeginErrorReadLine();
            return process;
        }
        catch (Win32Exception)
        {
            throw new BenchException($"The program {program} is missing. Run ./dev bench once as root: it installs what the benchmarks need, or prints what to install.");
        }
    }

    /// <summary>Runs a program to its end and gives what it printed on both streams.</summary>
    /// <exception cref="BenchException">It is not installed or failed.</exception>
    public static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0
                ? output + await errors
                : throw new BenchException($"{program} failed ({process.ExitCode}): {await errors}");
        }
        catch (Win32Exception)
        {
            throw new BenchException($"The program {program} is missing. Run ./dev bench once as root: it installs what the benchmarks need, or prints what to install.");
        }
    }
}
