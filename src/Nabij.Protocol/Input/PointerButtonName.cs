namespace Nabij.Protocol.Input;

/// <summary>The buttons of POINTER_BUTTON.</summary>
public enum PointerButtonName : byte
{
    /// <summary>The main button.</summary>
    Left = 0,

    /// <summary>The wheel pressed.</summary>
    Middle = 1,

    /// <summary>The button of the context menu.</summary>
    Right = 2,

    /// <summary>Back.</summary>
    Back = 3,

    /// <summary>Forward.</summary>
    Forward = 4,
}
