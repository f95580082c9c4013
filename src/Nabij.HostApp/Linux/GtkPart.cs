namespace Nabij.HostApp.Linux;

/// <summary>The widgets of one part: the outermost one, the one that takes the focus, and how to bring them up to date.</summary>
/// <param name="Outer">What is packed into the column.</param>
/// <param name="Focus">What can take the focus; 0 when nothing can.</param>
/// <param name="Update">Brings texts, shares and states in line with a new value of the same part.</param>
internal sealed record GtkPart(nint Outer, nint Focus, Action<Screens.Part> Update);
