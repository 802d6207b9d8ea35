using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <summary>
/// Reads the modifiers of a declaration in source order. The tree holds only their set; order, repetition and place are read from the slice, which is
/// cheaper than a node for each <c>export</c> of a program.
/// </summary>
internal ref struct ModifierReader(string text, Modifiers modifiers)
{
    private int position = modifiers.Start;
    private int nextDecorator;

    /// <summary>The modifier that was read; <see cref="ModifierFlags.None"/> for a decorator.</summary>
    public ModifierFlags Current { get; private set; }

    /// <summary>The decorator that was read, else null.</summary>
    public Decorator? Decorator { get; private set; }

    public int Start { get; private set; }

    public int End { get; private set; }

    public bool MoveNext()
    {
        Start = Trivia.Skip(text, position);
        if (Start >= modifiers.End)
        {
            return false;
        }

        if (nextDecorator < modifiers.Decorators.Length && modifiers.Decorators[nextDecorator].Start == Start)
        {
            Decorator = modifiers.Decorators[nextDecorator++];
            Current = ModifierFlags.None;
            End = position = Decorator.End;
            return true;
        }

        Decorator = null;
        End = position = Trivia.EndOfToken(text, Start);
        Current = FlagOf(text.AsSpan(Start, End - Start));
        return Current != ModifierFlags.None;
    }

    /// <summary>The first keyword among the modifiers, decorators passed over.</summary>
    public bool MoveToWord()
    {
        while (MoveNext())
        {
            if (Decorator is null)
            {
                return true;
            }
        }

        return false;
    }

    public static ModifierFlags FlagOf(ReadOnlySpan<char> word) => word switch
    {
        "export" => ModifierFlags.Export,
        "default" => ModifierFlags.Default,
        "declare" => ModifierFlags.Declare,
        "abstract" => ModifierFlags.Abstract,
        "async" => ModifierFlags.Async,
        "const" => ModifierFlags.Const,
        "public" => ModifierFlags.Public,
        "private" => ModifierFlags.Private,
        "protected" => ModifierFlags.Protected,
        "static" => ModifierFlags.Static,
        "readonly" => ModifierFlags.Readonly,
        "override" => ModifierFlags.Override,
        "accessor" => ModifierFlags.Accessor,
        "in" => ModifierFlags.In,
        "out" => ModifierFlags.Out,
        _ => ModifierFlags.None,
    };

    /// <summary>The keyword of a single flag.</summary>
    public static string TextOf(ModifierFlags flag) => flag switch
    {
        ModifierFlags.Export => "export",
        ModifierFlags.Default => "default",
        ModifierFlags.Declare => "declare",
        ModifierFlags.Abstract => "abstract",
        ModifierFlags.Async => "async",
        ModifierFlags.Const => "const",
        ModifierFlags.Public => "public",
        ModifierFlags.Private => "private",
        ModifierFlags.Protected => "protected",
        ModifierFlags.Static => "static",
        ModifierFlags.Readonly => "readonly",
        ModifierFlags.Override => "override",
        ModifierFlags.Accessor => "accessor",
        ModifierFlags.In => "in",
        ModifierFlags.Out => "out",
        _ => throw new ArgumentOutOfRangeException(nameof(flag), flag, "Not a single modifier."),
    };
}
