using System.Text.Json;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>The folder vectors/ of the repository, found upwards from the tests.</summary>
internal static class VectorFolder
{
    private static readonly Lazy<IReadOnlyDictionary<string, VectorCase[]>> AllFiles = new(Read);

    /// <summary>The cases of each file, by file name.</summary>
    public static IReadOnlyDictionary<string, VectorCase[]> Files => AllFiles.Value;

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    private static Dictionary<string, VectorCase[]> Read() =>
        Directory.GetFiles(Path.Combine(Root, "vectors"), "*.json").Order(StringComparer.Ordinal).ToDictionary(
            path => Path.GetFileName(path),
            path =>
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(path));
                return document.RootElement.GetProperty("cases").EnumerateArray()
                    .Select(element => new VectorCase(element.Clone())).ToArray();
            });

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nabij.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The repository was not found above the tests.");
    }
}
