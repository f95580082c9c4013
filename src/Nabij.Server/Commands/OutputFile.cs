namespace Nabij.Server.Commands;

/// <summary>Writes a result beside its final name first, so that a full disk leaves no half file.</summary>
internal static class OutputFile
{
    internal static Task WriteAsync(string file, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        WriteAsync(file, (stream, token) => stream.WriteAsync(content, token).AsTask(), UnixFileMode.None, cancellation);

    /// <param name="file">The final name; an older file of that name is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="extraMode">Permission bits besides reading and writing.</param>
    /// <param name="cancellation">Stops the writing; nothing stays behind.</param>
    internal static async Task WriteAsync(string file, Func<Stream, CancellationToken, Task> write, UnixFileMode extraMode, CancellationToken cancellation)
    {
        var temporary = $"{file}.{Guid.NewGuid():N}.new";
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await write(stream, cancellation);
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(temporary) | extraMode);
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{file} cannot be written: {exception.Message} Nothing was changed.", cause: exception);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }
}
