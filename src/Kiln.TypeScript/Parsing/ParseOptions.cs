namespace Kiln.TypeScript;

/// <param name="AssumeModule">The file is an ECMAScript module even when nothing in it proves that: <c>await</c> is an operator at its top level.</param>
public sealed record ParseOptions(bool AssumeModule = false)
{
    public static readonly ParseOptions Default = new();
}
