namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>Where the programs under test are: the build of the same configuration as these tests, and the published host.</summary>
internal static class Programs
{
    public static string Root { get; } = FindRoot();

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Name;

    public static string Server => Path.Combine(Root, "artifacts/bin/Nabij.Server", Configuration, "nabij-server");

    public static string TestCustomer => Path.Combine(Root, "artifacts/bin/Nabij.TestCustomer", Configuration, "nabij-test-customer");

    /// <summary>The customer's program as `./dev publish --only host` leaves it.</summary>
    public static string Host => Path.Combine(Root, "artifacts/release/nabij-linux-x64");

    public static string Results => Directory.CreateDirectory(Path.Combine(Root, "artifacts/test")).FullName;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Nabij.slnx"))) return folder.FullName;
        throw new InvalidOperationException("these tests run inside the repository");
    }
}
