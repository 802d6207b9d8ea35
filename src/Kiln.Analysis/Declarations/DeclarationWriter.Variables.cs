using Kiln.Analysis.Binding;
using Kiln.Analysis.FastCheck;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>Variables (publishing.md §4.7): those that are public, each with its type.</summary>
internal sealed partial class DeclarationWriter
{
    private void WriteVariables(VariableStatement n, StatementList list, int from, bool isFirst)
    {
        Begin(from, n.Start, isFirst);
        var kind = n.DeclarationList.VariableKind;
        WriteModifiers(n, list, declares: true);
        Write(kind switch
        {
            VariableKind.Var => "var ",
            VariableKind.Let => "let ",
            _ => "const ",
        });

        if (kind is VariableKind.Using or VariableKind.AwaitUsing)
        {
            var first = n.DeclarationList.Declarations[0];
            Report(FastCheckMessages.UnsupportedUsing(first.Start, first.End));
        }

        var isAmbient = n.Modifiers.Has(ModifierFlags.Declare);
        var previous = n.DeclarationList.Start;
        var any = false;
        foreach (var declaration in n.DeclarationList.Declarations)
        {
            if (publicDeclarations.Contains(declaration))
            {
                if (any)
                {
                    Write(", ");
                    WriteInnerComments(previous, declaration.Start);
                }

                any |= WriteVariable(declaration, kind, isAmbient, n.Modifiers.Has(ModifierFlags.Export));
            }

            previous = declaration.End;
        }

        if (!any)
        {
            // An empty pattern binds nothing; something has to stand here.
            Write(inference.FreeName("_empty"));
            Write(": any");
        }

        Write(";");
    }

    private bool WriteVariable(VariableDeclaration n, VariableKind kind, bool isAmbient, bool isExported)
    {
        if (n.Name is not Identifier name)
        {
            Report(FastCheckMessages.UnsupportedDestructuring(n.Name.Start, n.Name.End));
            return WritePatternNames(n.Name);
        }

        Copy(name);
        if (n.Type is { } type)
        {
            Write(": ");
            Copy(type);
            return true;
        }

        if (n.Initializer is not { } initializer)
        {
            if (!isAmbient)
            {
                Report(FastCheckMessages.MissingExplicitType(name.Start, name.End));
            }

            Write(": any");
            return true;
        }

        if (kind is not (VariableKind.Using or VariableKind.AwaitUsing) && !isAmbient && !rules.Accepts(initializer, name))
        {
            Report(FastCheckMessages.MissingExplicitType(name.Start, name.End));
        }

        var isConst = kind is not (VariableKind.Var or VariableKind.Let);
        WriteVariableType(inference.TypeOfVariable(n, isConst, isExported), isConst);
        return true;
    }

    /// <summary><c>: T</c>, or <c>= 1</c>: only so does a constant lose its exact value where it is put into a variable, as it does in the source.</summary>
    private void WriteVariableType(InferredType type, bool isConst)
    {
        if (isConst && type is { Kind: InferredKind.Literal, IsFresh: true } or { Kind: InferredKind.EnumMember, Node: PropertyAccessExpression })
        {
            Write(" = ");
            WriteType(type);
            return;
        }

        Write(": ");
        WriteType(type);
    }

    /// <summary>Each name of a pattern as a variable of its own; false when there is none.</summary>
    private bool WritePatternNames(Node pattern)
    {
        var any = false;
        var open = new NodeStack();
        open.Push(pattern);
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case Identifier { Length: > 0 }:
                    Write(any ? ", " : "");
                    any = true;
                    Copy(node);
                    Write(": any");
                    break;
                case BindingElement element: open.Push(element.Name); break;
                case ObjectBindingPattern n: open.PushAll(n.Elements); break;
                case ArrayBindingPattern n: open.PushAll(n.Elements); break;
            }
        }

        return any;
    }

    /// <summary>Documentation in front of a declarator, property or parameter that does not start a line.</summary>
    private void WriteInnerComments(int from, int position)
    {
        for (var i = FirstCommentFrom(from); i < file.Comments.Length && file.Comments[i].Start < position; i++)
        {
            var comment = file.Comments[i];
            if (comment.Kind == TypeScript.CommentKind.JsDoc)
            {
                writer.Copy(comment.Start, comment.End);
                Write(HasLineBreak(comment.End, position) ? newLine : " ");
            }
        }
    }

    // Enums.

    private void WriteEnum(EnumDeclaration n, StatementList list)
    {
        WriteModifiers(n, list, declares: true);
        if (n.Modifiers.Has(ModifierFlags.Declare))
        {
            CopyRange(n.Modifiers.Has(ModifierFlags.Const) ? ConstKeyword(n) : Head(n), n.End);
            return;
        }

        Write(n.Modifiers.Has(ModifierFlags.Const) ? "const enum " : "enum ");
        Copy(n.Name);
        Write(" {");
        depth++;
        var values = enums.ValuesOf(n);
        var previous = n.Name.End;
        for (var i = 0; i < n.Members.Length && !writer.Overflowed; i++)
        {
            var member = n.Members[i];
            Begin(previous, member.Start, isFirst: i == 0);
            WriteEnumMemberName(member.Name);
            if (values[i] is { } value)
            {
                Write(" = ");
                Write(value);
            }

            Write(i + 1 < n.Members.Length ? "," : "");
            previous = member.End;
        }

        depth--;
        EndLine();
        Indent();
        Write("}");
    }

    private void WriteEnumMemberName(Node name)
    {
        if (name is ComputedPropertyName && Bindings.MemberName(file, name) is { } value)
        {
            Write(Emit.JavaScriptText.Quote(value));
        }
        else
        {
            Copy(name);
        }
    }

    private int ConstKeyword(EnumDeclaration n)
    {
        var at = text.LastIndexOf("const", Head(n), Head(n) - n.Start + 1, StringComparison.Ordinal);
        return at >= n.Start ? at : Head(n);
    }
}
