using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Nabij.Protocol.Tests.Vectors;

namespace Nabij.Protocol.Tests.Architecture;

/// <summary>What may reference what, read from the metadata of the built assemblies.</summary>
[Trait("Kind", "Architecture")]
public sealed class AssemblyTests
{
    [Fact]
    [Trait("Invariant", "1")]
    public void The_server_cannot_reference_session_keys()
    {
        using var file = new PEReader(File.OpenRead(ServerAssembly()));
        var metadata = file.GetMetadataReader();
        var namespaces = metadata.TypeReferences
            .Select(handle => metadata.GetString(metadata.GetTypeReference(handle).Namespace)).ToHashSet();
        Assert.Contains(namespaces, name => name.StartsWith("Nabij.Protocol", StringComparison.Ordinal));
        Assert.DoesNotContain(namespaces, name => name.StartsWith("Nabij.Protocol.Session", StringComparison.Ordinal));
    }

    [Fact]
    public void The_protocol_references_the_base_library_only()
    {
        using var file = new PEReader(File.OpenRead(typeof(Permissions).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var references = metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
        Assert.All(references, name => Assert.StartsWith("System.", name));
    }

    [Fact]
    public void The_protocol_opens_no_file_and_no_connection_and_reads_no_clock()
    {
        using var file = new PEReader(File.OpenRead(typeof(Permissions).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var types = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}").ToArray();
        string[] forbidden =
            ["System.Net.", "System.IO.File", "System.IO.Directory", "System.Diagnostics.Stopwatch", "System.Diagnostics.Process"];
        Assert.DoesNotContain(types, type => forbidden.Any(start => type.StartsWith(start, StringComparison.Ordinal)));
    }

    // artifacts/bin/<project>/<configuration>/: the server is built with these tests, in the same configuration.
    private static string ServerAssembly()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Path.Combine(VectorFolder.Root, "artifacts", "bin", "Nabij.Server", configuration, "nabij-server.dll");
    }
}
