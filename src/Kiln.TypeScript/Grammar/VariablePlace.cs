namespace Kiln.TypeScript;

/// <summary>Where a list of variables stands.</summary>
internal enum VariablePlace : byte
{
    Statement,
    For,
    ForInOrOf,
}
