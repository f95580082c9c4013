namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>A folder that goes with its test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("nabij-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
