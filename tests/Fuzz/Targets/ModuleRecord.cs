using Kiln.TypeScript;
using Kiln.TypeScript.Modules;
using static Kiln.Fuzz.Targets.FuzzTarget;

namespace Kiln.Fuzz.Targets;

/// <summary>What holds for the record of every module.</summary>
internal static class ModuleRecord
{
    public static void Verify(SourceFile file, ModuleInfo info)
    {
        foreach (var dependency in info.Dependencies)
        {
            Check(dependency.Span.Start < dependency.Span.End && dependency.Span.End <= file.Text.Length, "a dependency lies in the text");
            Check(dependency.Specifier is null || IsWellFormed(dependency.Specifier), "a specifier can go over the wire");
        }

        foreach (var import in info.JsDocImports)
        {
            Check(file.Text.AsSpan(import.Specifier.Span.Start, import.Specifier.Span.Length)[0] is '"' or '\'', "an import in documentation is quoted");
        }
    }

    private static bool IsWellFormed(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]) && !(char.IsSurrogatePair(value, Math.Min(i, value.Length - 2)) && i + 1 < value.Length))
            {
                return false;
            }

            i += char.IsHighSurrogate(value[i]) ? 1 : 0;
        }

        return true;
    }
}
