namespace Nabij.Server.Api;

/// <summary>A request that cannot be what it says it is: thrown where it is read, answered by <see cref="ApiEntry"/>.</summary>
internal sealed class ApiRefusal(ApiProblem problem) : Exception(problem.Code)
{
    internal ApiProblem Problem { get; } = problem;
}
