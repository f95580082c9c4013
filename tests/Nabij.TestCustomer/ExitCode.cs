namespace Nabij.TestCustomer;

/// <summary>What the program tells its caller.</summary>
internal enum ExitCode
{
    Ok = 0,
    Fault = 1,
    Usage = 2,
    NoScreen = 3,
    NoServer = 4,
    TooManyWrongCodes = 5,
}
