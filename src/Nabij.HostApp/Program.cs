using Nabij.HostApp.Start;

return await CustomerProgram.RunAsync(args);
