using Nabij.HostApp.Start;

return CustomerProgram.Run(args);
