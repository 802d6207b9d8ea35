using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>Writes the types that nobody wrote.</summary>
internal sealed partial class DeclarationWriter
{
    /// <summary>How tightly what stands around a type binds: a type that binds less gets parentheses.</summary>
    private enum Precedence
    {
        Lowest,
        Union,
        Intersection,
        Operator,
        Postfix,
    }

    private void WriteType(InferredType type, Precedence around = Precedence.Lowest)
    {
        if (writer.Overflowed || !guard.HasRoom())
        {
            return;
        }

        var isWrapped = around > PrecedenceOf(type);
        Write(isWrapped ? "(" : "");
        switch (type.Kind)
        {
            case InferredKind.Word: Write(type.Text); break;
            case InferredKind.Literal: WriteLiteral(type); break;
            case InferredKind.Written: Copy(type.Node!); break;
            case InferredKind.Reference: WriteReference((NewExpression)type.Node!); break;
            case InferredKind.OptionalElement:
                WriteType(type.Parts[0], Precedence.Postfix);
                Write("?");
                break;
            case InferredKind.EnumMember: WriteEntityName((Expression)type.Node!); break;
            case InferredKind.Query:
                Write("typeof ");
                WriteEntityName((Expression)type.Node!);
                break;
            case InferredKind.WidenedQuery: WriteWidenedQuery((Expression)type.Node!, type.Text); break;
            case InferredKind.Array:
                Write(type.IsReadonly ? "readonly " : "");
                WriteType(type.Parts[0], Precedence.Postfix);
                Write("[]");
                break;
            case InferredKind.Tuple:
                Write(type.IsReadonly ? "readonly [" : "[");
                WriteList(type.Parts, ", ", Precedence.Lowest);
                Write("]");
                break;
            case InferredKind.Rest:
                Write("...");
                WriteType(type.Parts[0], Precedence.Lowest);
                break;
            case InferredKind.Object: WriteObject(type); break;
            case InferredKind.Function: WriteFunctionType(type); break;
            case InferredKind.Union: WriteList(type.Parts, " | ", Precedence.Intersection); break;
            case InferredKind.Intersection: WriteList(type.Parts, " & ", Precedence.Operator); break;
            case InferredKind.Generic:
                Write(type.Text);
                Write("<");
                WriteList(type.Parts, ", ", Precedence.Lowest);
                Write(">");
                break;
            case InferredKind.Indexed:
                WriteType(type.Parts[0], Precedence.Postfix);
                Write("[");
                WriteType(type.Parts[1]);
                Write("]");
                break;
            case InferredKind.Class: WriteClassType((ClassExpression)type.Node!); break;
            default: throw new InvalidOperationException($"{type.Kind} has no text.");
        }

        Write(isWrapped ? ")" : "");
    }

    private static Precedence PrecedenceOf(InferredType type) => type.Kind switch
    {
        InferredKind.Function or InferredKind.WidenedQuery => Precedence.Lowest,
        InferredKind.Union => Precedence.Union,
        InferredKind.Intersection => Precedence.Intersection,
        InferredKind.Array or InferredKind.Tuple when type.IsReadonly => Precedence.Operator,
        InferredKind.Word when type.Text == "unique symbol" => Precedence.Operator,
        InferredKind.Query => Precedence.Operator,
        InferredKind.Written => PrecedenceOf((TypeNode)type.Node!),
        _ => Precedence.Postfix,
    };

    private static Precedence PrecedenceOf(TypeNode type) => type.Kind switch
    {
        SyntaxKind.FunctionType or SyntaxKind.ConstructorType or SyntaxKind.ConditionalType or SyntaxKind.InferType or SyntaxKind.TypePredicate => Precedence.Lowest,
        SyntaxKind.UnionType => Precedence.Union,
        SyntaxKind.IntersectionType => Precedence.Intersection,
        SyntaxKind.TypeOperator or SyntaxKind.TypeQuery => Precedence.Operator,
        _ => Precedence.Postfix,
    };

    private void WriteWrapped(TypeNode type, Precedence around)
    {
        var isWrapped = around > PrecedenceOf(type);
        Write(isWrapped ? "(" : "");
        Copy(type);
        Write(isWrapped ? ")" : "");
    }

    private void WriteList(InferredType[] types, string separator, Precedence around)
    {
        for (var i = 0; i < types.Length && !writer.Overflowed; i++)
        {
            Write(i > 0 ? separator : "");
            WriteType(types[i], around);
        }
    }

    /// <summary>A string, number, truth value, or a number with a sign; never a template, which is another kind of type.</summary>
    private void WriteLiteral(InferredType type)
    {
        switch (type.Node)
        {
            case null: Write(type.Value); break;
            case Literal { Kind: SyntaxKind.NoSubstitutionTemplateLiteral }:
                Write(Emit.JavaScriptText.Quote(inference.TemplateValue(type.Node)));
                break;
            case PrefixUnaryExpression n:
                Write(n.Operator == TokenKind.Minus ? "-" : "");
                Copy(TypeInference.Unwrap(n.Operand));
                break;
            default:
                Copy(type.Node);
                break;
        }
    }

    /// <summary><c>a.b["c"]</c>; what <c>typeof</c> can say, behind it as much as it cannot is an indexed access.</summary>
    private void WriteEntityName(Expression name)
    {
        var links = new Stack<Expression>();
        while (true)
        {
            name = TypeInference.Unwrap(name);
            if (name is PropertyAccessExpression property)
            {
                links.Push(property.Name);
                name = property.Expression;
            }
            else if (name is ElementAccessExpression element)
            {
                links.Push(element);
                name = element.Expression;
            }
            else
            {
                break;
            }
        }

        Copy(name);
        var isIndexed = false;
        while (links.TryPop(out var link))
        {
            if (link is ElementAccessExpression element)
            {
                isIndexed = true;
                Write("[");
                Copy(element.Argument);
                Write("]");
            }
            else if (isIndexed)
            {
                Write("[\"");
                Copy(link);
                Write("\"]");
            }
            else
            {
                Write(".");
                Copy(link);
            }
        }
    }

    private void WriteReference(NewExpression n)
    {
        WriteEntityName(n.Expression);
        if (n.TypeArguments.Length > 0)
        {
            Write("<");
            CopyRange(n.TypeArguments[0].Start, n.TypeArguments[^1].End);
            Write(">");
        }
    }

    /// <summary>What another module's constant is, nobody knows here; the compiler that reads this does.</summary>
    /// <param name="name">The constant.</param>
    /// <param name="primitive">What a primitive becomes; null for the word that fits it.</param>
    private void WriteWidenedQuery(Expression name, string? primitive)
    {
        foreach (var word in (ReadOnlySpan<string>)(primitive is null ? ["string", "number", "boolean", "bigint"] : ["string | number | boolean | bigint"]))
        {
            Write("typeof ");
            WriteEntityName(name);
            Write(" extends ");
            Write(word);
            Write(" ? ");
            Write(primitive ?? word);
            Write(" : ");
        }

        Write("typeof ");
        WriteEntityName(name);
    }

    private void WriteObject(InferredType type)
    {
        if (type.Members.Length == 0)
        {
            Write("{}");
            return;
        }

        Write("{");
        depth++;
        foreach (var member in type.Members)
        {
            if (writer.Overflowed)
            {
                return;
            }

            EndLine();
            Indent();
            if (member.Start > member.From)
            {
                WriteInnerComments(member.From, member.Start);
            }

            WriteObjectMember(member);
            Write(";");
        }

        depth--;
        EndLine();
        Indent();
        Write("}");
    }

    private void WriteObjectMember(in InferredMember member)
    {
        Write(member.IsReadonly ? "readonly " : "");
        if (member.Kind == InferredMemberKind.Index)
        {
            Write("[x: ");
            Write(member.Node is null ? "string" : "number");
            Write("]: ");
            WriteType(member.Type);
            return;
        }

        Write(member.Kind switch
        {
            InferredMemberKind.Getter => "get ",
            InferredMemberKind.Setter => "set ",
            _ => "",
        });
        if (member.Text is { } key)
        {
            Write(Emit.JavaScriptText.IsIdentifierName(key) ? key : Emit.JavaScriptText.Quote(key));
        }
        else
        {
            WriteMemberName(member.Name!);
        }

        Write(member.IsOptional ? "?" : "");
        switch (member)
        {
            case { Kind: InferredMemberKind.Method, Node: MethodDeclaration n }:
                WriteTypeParameters(n.TypeParameters);
                WriteParameterList(n.Parameters);
                Write(": ");
                WriteReturn(n.Type, member.Type);
                break;
            case { Kind: InferredMemberKind.Setter, Node: AccessorDeclaration n }:
                WriteParameterList(n.Parameters);
                break;
            case { Kind: InferredMemberKind.Getter }:
                Write("(): ");
                WriteType(member.Type);
                break;
            default:
                Write(": ");
                WriteType(member.Type);
                break;
        }
    }

    private void WriteMemberName(Node name)
    {
        if (name is ComputedPropertyName { Expression: Literal { Kind: SyntaxKind.NoSubstitutionTemplateLiteral } template })
        {
            Write(Emit.JavaScriptText.Quote(inference.TemplateValue(template)));
        }
        else if (name is ComputedPropertyName { Expression: StringLiteral or Literal { Kind: SyntaxKind.NumericLiteral } } literal)
        {
            Copy(literal.Expression);
        }
        else if (name is StringLiteral && Slice(name) is var quoted && !quoted.Contains('\\') && Emit.JavaScriptText.IsIdentifierName(quoted[1..^1].ToString()))
        {
            CopyRange(name.Start + 1, name.End - 1);
        }
        else
        {
            Copy(name);
        }
    }

    private void WriteFunctionType(InferredType type)
    {
        switch (type.Node)
        {
            case ArrowFunction n:
                WriteTypeParameters(n.TypeParameters);
                WriteParameterList(n.Parameters);
                Write(" => ");
                WriteReturn(n.Type, type.Parts[0]);
                break;
            case FunctionExpression n:
                WriteTypeParameters(n.TypeParameters);
                WriteParameterList(n.Parameters);
                Write(" => ");
                WriteReturn(n.Type, type.Parts[0]);
                break;
        }
    }

    private void WriteParameterList(Parameter[] parameters)
    {
        Write("(");
        if (AreCopied(parameters) && parameters.Length > 0)
        {
            CopyRange(parameters[0].Start, parameters[^1].End);
        }
        else
        {
            WriteParameters(parameters, typesOnly: true);
        }

        Write(")");
    }

    private void WriteReturn(TypeNode? written, InferredType inferred)
    {
        if (written is not null)
        {
            Copy(written);
        }
        else
        {
            WriteType(inferred);
        }
    }

    /// <summary>A class without a name of its own, as the type of its constructor. Its private parts cannot be said there.</summary>
    private void WriteClassType(ClassExpression n)
    {
        _ = n;
        Write("any");
    }
}
