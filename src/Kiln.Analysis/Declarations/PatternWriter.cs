using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>What a binding pattern may keep in a declaration.</summary>
internal static class PatternWriter
{
    /// <summary>Nothing in it has to change: no default and no new name.</summary>
    public static bool IsPlain(Node pattern)
    {
        var open = new NodeStack();
        open.Push(pattern);
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case BindingElement n:
                    if (n.Initializer is not null || (n.PropertyName is not null && n.Name is Identifier))
                    {
                        return false;
                    }

                    open.Push(n.Name);
                    break;
                case ObjectBindingPattern n: open.PushAll(n.Elements); break;
                case ArrayBindingPattern n: open.PushAll(n.Elements); break;
            }
        }

        return true;
    }

    /// <summary>With its new names dropped it names nothing that another parameter names, and no type in the list speaks of its names.</summary>
    public static bool CanWrite(SourceFile file, Parameter[] all)
    {
        var hasNewName = false;
        var names = new HashSet<string>(StringComparer.Ordinal);
        var open = new NodeStack();
        foreach (var parameter in all)
        {
            open.Push(parameter.Name);
        }

        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case Identifier n:
                    if (!names.Add(file.GetName(n)))
                    {
                        return false;
                    }

                    break;
                case BindingElement n:
                    if (n is { Name: Identifier, PropertyName: Identifier property } && !IsReserved(file.GetSlice(property)))
                    {
                        hasNewName = true;
                        open.Push(property);
                    }
                    else
                    {
                        open.Push(n.Name);
                    }

                    break;
                case ObjectBindingPattern n: open.PushAll(n.Elements); break;
                case ArrayBindingPattern n: open.PushAll(n.Elements); break;
            }
        }

        return !hasNewName || !file.Text.AsSpan(all[0].Start, all[^1].End - all[0].Start).Contains("typeof", StringComparison.Ordinal);
    }

    /// <summary>A word that cannot be a variable.</summary>
    public static bool IsReserved(ReadOnlySpan<char> name) => name is "break" or "case" or "catch" or "class" or "const" or "continue" or "debugger" or "default"
        or "delete" or "do" or "else" or "enum" or "export" or "extends" or "false" or "finally" or "for" or "function" or "if" or "import" or "in" or "instanceof"
        or "new" or "null" or "return" or "super" or "switch" or "this" or "throw" or "true" or "try" or "typeof" or "var" or "void" or "while" or "with"
        or "implements" or "interface" or "let" or "package" or "private" or "protected" or "public" or "static" or "yield" or "await" or "arguments" or "eval";
}
