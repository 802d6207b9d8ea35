using Kiln.Analysis.FastCheck;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>Functions and signatures (publishing.md §4.4). A signature that is written out whole is one slice of the source.</summary>
internal sealed partial class DeclarationWriter
{
    private void WriteFunctionDeclaration(FunctionDeclaration n, StatementList list)
    {
        list.Overload = n.Body is null ? n : null;
        if (n.Modifiers.Has(ModifierFlags.Default) && HasExpandos(n))
        {
            // A default export merges with nothing: it is declared first, and exported behind its namespace.
            list.HasHidden = true;
            Write(list.IsAmbient ? "" : "declare ");
        }
        else
        {
            WriteModifiers(n, list, declares: true);
        }

        Write("function ");
        CheckParameters(n.Parameters);

        var signature = new Signature(n.Name, n.TypeParameters, n.Parameters, n.Type, IsOptional: false);
        if (n.Type is not null)
        {
            WriteSignature(signature, null);
        }
        else
        {
            WriteSignature(signature, n.Body is null ? InferredType.Any : ReturnType(n, n.Body, n, n.Name?.Start ?? Head(n), n.Name?.End ?? n.End));
        }

        Write(";");
        if (n.Body is not null)
        {
            WriteExpandos(n, list);
        }
    }

    private bool IsImplementation(FunctionDeclaration n, StatementList list) =>
        n.Body is not null && list.Overload is { } overload && (overload.Name is null || n.Name is null ? overload.Name == n.Name : Slice(overload.Name).SequenceEqual(Slice(n.Name)));

    /// <summary>What a function with a body returns when it does not say; reports what deno reports.</summary>
    private InferredType ReturnType(Node function, Block body, Node flags, int placeStart, int placeEnd)
    {
        var returns = ReturnScan.Of(body);
        if (flags.Has(NodeFlags.Generator) || returns.HasValueOutsideElse)
        {
            Report(FastCheckMessages.MissingExplicitReturnType(placeStart, placeEnd));
        }

        return inference.ReturnTypeOf(function, body, returns, flags, neverReturns: false);
    }

    // Signatures.

    /// <summary>What stands between a name and a body.</summary>
    private readonly record struct Signature(Node? Name, TypeParameter[] TypeParameters, Parameter[] Parameters, TypeNode? Type, bool IsOptional);

    /// <param name="s">Its parts in the source.</param>
    /// <param name="returned">The type when the source has none; null writes none at all.</param>
    private void WriteSignature(in Signature s, InferredType? returned)
    {
        var areCopied = AreCopied(s.Parameters);
        if (areCopied && s.Type is { } type && s.Name is { } name)
        {
            CopyRange(name.Start, type.End);
            return;
        }

        if (s.Name is not null)
        {
            Copy(s.Name);
        }

        Write(s.IsOptional ? "?" : "");
        WriteTypeParameters(s.TypeParameters);
        Write("(");
        if (areCopied && s.Parameters.Length > 0)
        {
            CopyRange(s.Parameters[0].Start, s.Parameters[^1].End);
        }
        else
        {
            WriteParameters(s.Parameters, typesOnly: false);
        }

        Write(")");
        if (s.Type is not null)
        {
            Write(": ");
            Copy(s.Type);
        }
        else if (returned is not null)
        {
            Write(": ");
            WriteType(returned);
        }
    }

    private void WriteTypeParameters(TypeParameter[] parameters)
    {
        if (parameters.Length > 0)
        {
            Write("<");
            CopyRange(parameters[0].Start, parameters[^1].End);
            Write(">");
        }
    }

    /// <summary>Nothing in them has to change.</summary>
    private static bool AreCopied(Parameter[] parameters)
    {
        foreach (var p in parameters)
        {
            if (p.Type is null || p.Initializer is not null || p.Name is not Identifier || p.Modifiers.Flags != ModifierFlags.None || p.Modifiers.Decorators.Length > 0)
            {
                return false;
            }
        }

        return true;
    }

    private void WriteParameters(Parameter[] parameters, bool typesOnly)
    {
        var lastRequired = LastRequired(parameters);
        var scope = inference.Enter(parameters);
        var previous = -1;
        for (var i = 0; i < parameters.Length; i++)
        {
            var p = parameters[i];
            if (i > 0)
            {
                Write(", ");
                if (!typesOnly)
                {
                    WriteInnerComments(previous, p.Start);
                }
            }

            WriteParameter(p, i, parameters, isTail: i > lastRequired);
            previous = p.End;
        }

        inference.Leave(scope);
    }

    /// <summary>A default before a parameter that callers must give cannot be left out.</summary>
    private static int LastRequired(Parameter[] parameters)
    {
        for (var i = parameters.Length - 1; i >= 0; i--)
        {
            var p = parameters[i];
            if (p.Initializer is null && !p.Has(NodeFlags.Optional | NodeFlags.Rest))
            {
                return i;
            }
        }

        return -1;
    }

    private void WriteParameter(Parameter p, int index, Parameter[] all, bool isTail)
    {
        if (p is { Name: Identifier, Type: not null, Initializer: null } && p.Modifiers.Flags == ModifierFlags.None && p.Modifiers.Decorators.Length == 0)
        {
            Copy(p);
            return;
        }

        Write(p.Has(NodeFlags.Rest) ? "..." : "");
        WriteBindingName(p.Name, index, all);
        var isOptional = !p.Has(NodeFlags.Rest) && (p.Has(NodeFlags.Optional) || (isTail && p.Initializer is not null) || !isTyped);
        Write(isOptional ? "?: " : ": ");
        var addsUndefined = p.Initializer is not null && !isTail;
        addsUndefined |= p.Has(NodeFlags.Optional) && p.Modifiers.Has(ModifierFlags.ParameterProperty);
        if (p.Type is not null)
        {
            if (addsUndefined && !MentionsUndefined(p.Type))
            {
                WriteWrapped(p.Type, Precedence.Union);
                Write(" | undefined");
            }
            else
            {
                Copy(p.Type);
            }

            return;
        }

        var type = inference.TypeOfParameter(p);
        WriteType(addsUndefined ? inference.Union([type, InferredType.Undefined]) : type);
    }

    private bool MentionsUndefined(TypeNode type) => type switch
    {
        KeywordType => Slice(type) is "any" or "unknown" or "undefined",
        UnionOrIntersectionType { Kind: SyntaxKind.UnionType } n => Array.Exists(n.Types, t => t is KeywordType && Slice(t) is "undefined" or "any" or "unknown"),
        _ => false,
    };

    private void CheckParameters(Parameter[] parameters)
    {
        if (isTyped)
        {
            rules.CheckParameters(parameters);
        }
    }

    // Patterns.

    /// <summary>
    /// A name, or a pattern without its defaults. Renaming in a type is an error (TS2842) unless something there uses the new name, so <c>{ a: b }</c> is
    /// <c>{ a }</c>; where that would name two parameters alike, the pattern is emptied.
    /// </summary>
    private void WriteBindingName(Node name, int index, Parameter[] all)
    {
        if (name is Identifier { Length: > 0 })
        {
            Copy(name);
            return;
        }

        if (name is Identifier)
        {
            Write("arg");
            writer.Write(index);
            return;
        }

        if (!guard.HasRoom())
        {
            return;
        }

        if (PatternWriter.IsPlain(name))
        {
            Copy(name);
        }
        else if (PatternWriter.CanWrite(file, all))
        {
            WritePattern(name);
        }
        else
        {
            Write(name is ArrayBindingPattern ? "[]" : "{}");
        }
    }

    private void WritePattern(Node pattern)
    {
        if (!guard.HasRoom())
        {
            return;
        }

        switch (pattern)
        {
            case ObjectBindingPattern n:
                Write(n.Elements.Length == 0 ? "{}" : "{ ");
                for (var i = 0; i < n.Elements.Length; i++)
                {
                    Write(i > 0 ? ", " : "");
                    WriteElement(n.Elements[i]);
                }

                Write(n.Elements.Length == 0 ? "" : " }");
                break;
            case ArrayBindingPattern n:
                Write("[");
                for (var i = 0; i < n.Elements.Length; i++)
                {
                    Write(i > 0 ? ", " : "");
                    if (n.Elements[i] is BindingElement element)
                    {
                        WriteElement(element);
                    }
                }

                Write(n.Elements is [.., OmittedExpression] ? "," : "");
                Write("]");
                break;
            default:
                Copy(pattern);
                break;
        }
    }

    private void WriteElement(BindingElement n)
    {
        Write(n.Has(NodeFlags.Rest) ? "..." : "");
        if (n.PropertyName is { } property)
        {
            if (n.Name is Identifier && property is Identifier && !PatternWriter.IsReserved(Slice(property)))
            {
                Copy(property);
                return;
            }

            Copy(property);
            Write(": ");
        }

        WritePattern(n.Name);
    }
}
