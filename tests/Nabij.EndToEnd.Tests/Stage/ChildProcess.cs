using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>A program of the stage: its lines are kept, and it ends with this object whatever happens.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentQueue<string> errors = new();
    private bool disposed;

    private ChildProcess(Process process) => this.process = process;

    public static ChildProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, e) => { if (e.Data is { } line) child.lines.Enqueue(line); };
        process.ErrorDataReceived += (_, e) => { if (e.Data is { } line) child.errors.Enqueue(line); };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a program to its end and returns its output; a failure is an exception with everything it said.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var child = Start(program, arguments, environment);
        var code = await child.ExitCodeAsync(TimeSpan.FromSeconds(60));
        return code == 0 ? string.Join('\n', child.lines) : throw new InvalidOperationException($"{program} ended with {code}: {child.Everything}");
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public IReadOnlyCollection<string> Lines => lines;

    public string Everything => string.Join('\n', lines.Concat(errors));

    public async Task<Match> LineAsync(string pattern, int occurrence = 1, TimeSpan? limit = null)
    {
        Match? found = null;
        await Until.TrueAsync(
            () => (found = lines.Select(l => Regex.Match(l, pattern)).Where(m => m.Success).Skip(occurrence - 1).FirstOrDefault()) is not null || process.HasExited && lines.IsEmpty,
            () => $"a line like {pattern} of {process.StartInfo.FileName}; it said: {Everything}", limit);
        return found ?? throw new InvalidOperationException($"{process.StartInfo.FileName} ended: {Everything}");
    }

    public async Task WriteLineAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    public void CloseInput() => process.StandardInput.Close();

    public async Task<int> ExitCodeAsync(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode;
    }

    public void Kill() => process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
