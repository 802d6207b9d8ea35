namespace Kiln.TypeScript;

/// <summary>What a parameter belongs to; decides whether it may be <c>this</c> or a property.</summary>
internal enum ParameterOwner : byte
{
    Function,
    Arrow,
    Constructor,

    /// <summary><c>new (…): T</c> in an interface, or a constructor type.</summary>
    ConstructSignature,
    Accessor,
    IndexSignature,
}
