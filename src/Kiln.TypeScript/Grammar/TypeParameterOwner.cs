namespace Kiln.TypeScript;

/// <summary>What declares a type parameter; decides which modifiers it may have.</summary>
internal enum TypeParameterOwner : byte
{
    Function,
    Class,
    InterfaceOrAlias,

    /// <summary><c>infer T</c> and mapped types.</summary>
    Type,
}
