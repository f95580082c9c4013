using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Nabij.Bench.Figures;

namespace Nabij.Bench.Kernels;

/// <summary>`kernels`: the codec's parts one by one, by BenchmarkDotNet in this process, a few minutes in all.</summary>
internal static class KernelsCommand
{
    private const int WarmUps = 4, Iterations = 12;
    private const string PageHead = "## The parts, one by one\nOn made pictures of 1920x1080; pages from a model that has learned nothing.";

    private static readonly Type[] All = [typeof(DecideKernels), typeof(PageKernels), typeof(SmallKernels)];

    public static int Run(Arguments arguments, Places places)
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(WarmUps).WithIterationCount(Iterations))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableLogFile)
            .WithArtifactsPath(Path.Combine(places.Figures, "benchmarkdotnet"));
        var reports = new List<BenchmarkReport>();
        foreach (var kernels in All)
        {
            Console.Error.WriteLine($"  {kernels.Name}");
            reports.AddRange(BenchmarkRunner.Run(kernels, config).Reports);
        }
        return Write(arguments, places, reports);
    }

    private static int Write(Arguments arguments, Places places, IReadOnlyList<BenchmarkReport> reports)
    {
        var table = new Table("kernel", "median µs", "deviation µs", "allocated B");
        var figures = new List<Figure>();
        foreach (var report in reports)
        {
            var name = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
            if (report.ResultStatistics is not { } time) throw new BenchException($"The kernel '{name}' did not run.");
            var allocated = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
            table.Add(name, Micro(time.Median), Micro(time.StandardDeviation), allocated.ToString(CultureInfo.InvariantCulture));
            figures.Add(new Figure($"kernel/{name}", time.Median / 1e6, "ms"));
            figures.Add(new Figure($"kernel/{name}/allocated", allocated, "B/run"));
        }
        FigureFile.Write(Path.Combine(places.Figures, "kernels.json"), figures);
        Console.Out.WriteLine(table.ToString());
        if (arguments.Has("--write-docs")) new PerformancePage(places.PerformancePage).Replace("kernels", PageHead, table.ToString());
        return 0;
    }

    private static string Micro(double nanoseconds) => (nanoseconds / 1000).ToString(nanoseconds < 100_000 ? "0.000" : "0", CultureInfo.InvariantCulture);
}
