using Nabij.HostApp.Linux;
using Nabij.HostApp.Start;

var exitCode = await CustomerProgram.RunAsync(args);
if (OperatingSystem.IsLinux())
    ProcessEnd.Now(exitCode);
return exitCode;
