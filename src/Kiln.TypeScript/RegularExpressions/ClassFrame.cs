namespace Kiln.TypeScript.RegularExpressions;

/// <summary>A class of the flag v that is still open.</summary>
internal struct ClassFrame
{
    /// <summary>Where its bracket stands.</summary>
    public int Start;

    public bool IsNegated;

    public ClassOperator Operator;

    /// <summary>An operator has been read, its right side not yet.</summary>
    public bool AwaitsOperand;

    /// <summary>MayContainStrings of what has been read so far (ECMA-262 §22.2.1.6).</summary>
    public bool MayContainStrings;
}
