using System.Globalization;
using System.Text;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Text;

/// <summary>Types on one line, as TypeScript writes them. For people: what is nested too deep or too long is cut off by <c>…</c>.</summary>
public sealed class TypeText
{
    private const int MaxDepth = 100;
    private const char Cut = '…';

    private readonly StringBuilder text;
    private readonly int maxLength;
    private int depth;

    public TypeText(StringBuilder text, int maxLength = 20_000)
    {
        this.text = text;
        this.maxLength = maxLength;
    }

    public static string Of(DocType type)
    {
        var text = new StringBuilder();
        new TypeText(text).Write(type);
        return text.ToString();
    }

    public void Write(DocType type)
    {
        if (depth >= MaxDepth || text.Length > maxLength)
        {
            text.Append(Cut);
            return;
        }

        depth++;
        WriteForm(type);
        depth--;
    }

    /// <summary>Nothing for null.</summary>
    public void WriteAnnotation(DocType? type)
    {
        if (type is not null)
        {
            text.Append(": ");
            Write(type);
        }
    }

    private void WriteForm(DocType type)
    {
        switch (type)
        {
            case DocKeywordType t:
                text.Append(t.Name);
                break;
            case DocThisType:
                text.Append("this");
                break;
            case DocLiteralType t:
                text.Append(Literal(t));
                break;
            case DocTemplateType t:
                WriteTemplate(t);
                break;
            case DocTypeReference t:
                text.Append(t.Name);
                WriteArguments(t.Arguments);
                break;
            case DocUnionType t:
                WriteList(t.Types, " | ");
                break;
            case DocIntersectionType t:
                WriteList(t.Types, " & ");
                break;
            case DocArrayType t:
                Write(t.Element);
                text.Append("[]");
                break;
            case DocTupleType t:
                text.Append('[');
                WriteList(t.Elements, ", ");
                text.Append(']');
                break;
            case DocOptionalType t:
                Write(t.Type);
                text.Append('?');
                break;
            case DocRestType t:
                text.Append("...");
                Write(t.Type);
                break;
            case DocParenthesizedType t:
                text.Append('(');
                Write(t.Type);
                text.Append(')');
                break;
            case DocTypeOperator t:
                text.Append(t.Operator).Append(' ');
                Write(t.Type);
                break;
            case DocTypeQuery t:
                text.Append("typeof ").Append(t.Name);
                break;
            case DocFunctionType t:
                text.Append(t.IsConstructor ? "new " : "");
                WriteSignature(t.TypeParameters, t.Parameters);
                text.Append(" => ");
                Write(t.ReturnType);
                break;
            case DocConditionalType t:
                Write(t.Check);
                text.Append(" extends ");
                Write(t.Extends);
                text.Append(" ? ");
                Write(t.True);
                text.Append(" : ");
                Write(t.False);
                break;
            case DocInferType t:
                text.Append("infer ");
                WriteTypeParameter(t.TypeParameter);
                break;
            case DocIndexedAccessType t:
                Write(t.Object);
                text.Append('[');
                Write(t.Index);
                text.Append(']');
                break;
            case DocMappedType t:
                WriteMapped(t);
                break;
            case DocTypeLiteral t:
                WriteMembers(t.Members);
                break;
            case DocTypePredicate t:
                text.Append(t.IsAsserts ? "asserts " : "").Append(t.ParameterName ?? "this");
                if (t.Type is not null)
                {
                    text.Append(" is ");
                    Write(t.Type);
                }

                break;
            case DocImportType t:
                text.Append("import(").Append(Quoted(t.Specifier)).Append(')');
                if (t.Qualifier is not null)
                {
                    text.Append('.').Append(t.Qualifier);
                }

                WriteArguments(t.Arguments);
                break;
            case DocUnsupportedType t:
                text.Append(t.Repr);
                break;
            default:
                throw new InvalidOperationException($"No such type: {type.GetType().Name}.");
        }
    }

    /// <summary><c>&lt;T&gt;(a: A, b?: B)</c>.</summary>
    public void WriteSignature(IReadOnlyList<DocTypeParameter> typeParameters, IReadOnlyList<DocParameter> parameters)
    {
        WriteTypeParameters(typeParameters);
        text.Append('(');
        for (var i = 0; i < parameters.Count; i++)
        {
            text.Append(i > 0 ? ", " : "");
            WriteParameter(parameters[i]);
        }

        text.Append(')');
    }

    public void WriteTypeParameters(IReadOnlyList<DocTypeParameter> parameters)
    {
        if (parameters.Count == 0)
        {
            return;
        }

        text.Append('<');
        for (var i = 0; i < parameters.Count; i++)
        {
            text.Append(i > 0 ? ", " : "");
            WriteTypeParameter(parameters[i]);
        }

        text.Append('>');
    }

    public void WriteTypeParameter(DocTypeParameter parameter)
    {
        text.Append(parameter.Name);
        if (parameter.Constraint is not null)
        {
            text.Append(" extends ");
            Write(parameter.Constraint);
        }

        if (parameter.Default is not null)
        {
            text.Append(" = ");
            Write(parameter.Default);
        }
    }

    public void WriteArguments(IReadOnlyList<DocType> arguments)
    {
        if (arguments.Count > 0)
        {
            text.Append('<');
            WriteList(arguments, ", ");
            text.Append('>');
        }
    }

    public void WriteParameter(DocParameter parameter)
    {
        if (depth >= MaxDepth || text.Length > maxLength)
        {
            text.Append(Cut);
            return;
        }

        depth++;
        if (parameter.Property is { } property)
        {
            text.Append(Accessibility(property.Accessibility)).Append(property.IsReadonly ? "readonly " : "");
        }

        switch (parameter)
        {
            case DocIdentifierParameter p:
                text.Append(p.Name).Append(p.IsOptional ? "?" : "");
                break;
            case DocAssignParameter p:
                WriteParameter(p.Left);
                text.Append(" = ").Append(p.Right is "[UNSUPPORTED]" ? "…" : p.Right);
                break;
            case DocArrayParameter p:
                WritePattern('[', p.Elements.Length, i =>
                {
                    if (p.Elements[i] is { } element)
                    {
                        WriteParameter(element);
                    }
                }, ']');
                text.Append(p.IsOptional ? "?" : "");
                break;
            case DocObjectParameter p:
                WritePattern('{', p.Properties.Length, i => WriteProperty(p.Properties[i]), '}');
                text.Append(p.IsOptional ? "?" : "");
                break;
            case DocRestParameter p:
                text.Append("...");
                WriteParameter(p.Argument);
                break;
            default:
                throw new InvalidOperationException($"No such parameter: {parameter.GetType().Name}.");
        }

        WriteAnnotation(parameter.Type);
        depth--;
    }

    /// <summary><c>{ a: A; m(): B }</c>.</summary>
    public void WriteMembers(DocTypeMembers members)
    {
        var isFirst = true;
        text.Append('{');
        foreach (var member in members.CallSignatures)
        {
            Next();
            Write(member);
        }

        foreach (var member in members.Constructors)
        {
            Next();
            Write(member);
        }

        foreach (var member in members.IndexSignatures)
        {
            Next();
            Write(member);
        }

        foreach (var member in members.Properties)
        {
            Next();
            Write(member);
        }

        foreach (var member in members.Methods)
        {
            Next();
            Write(member);
        }

        text.Append(isFirst ? "}" : " }");

        void Next()
        {
            text.Append(isFirst ? " " : "; ");
            isFirst = false;
        }
    }

    public void Write(DocCallSignature member)
    {
        WriteSignature(member.TypeParameters, member.Parameters);
        WriteAnnotation(member.ReturnType);
    }

    public void Write(DocConstructSignature member)
    {
        text.Append("new ");
        WriteSignature(member.TypeParameters, member.Parameters);
        WriteAnnotation(member.ReturnType);
    }

    public void Write(DocIndexSignature member)
    {
        text.Append(member.IsReadonly ? "readonly " : "").Append('[');
        for (var i = 0; i < member.Parameters.Length; i++)
        {
            text.Append(i > 0 ? ", " : "");
            WriteParameter(member.Parameters[i]);
        }

        text.Append(']');
        WriteAnnotation(member.Type);
    }

    public void Write(DocPropertySignature member)
    {
        text.Append(member.IsReadonly ? "readonly " : "").Append(Name(member.Name)).Append(member.IsOptional ? "?" : "");
        WriteAnnotation(member.Type);
    }

    public void Write(DocMethodSignature member)
    {
        text.Append(Prefix(member.Kind)).Append(Name(member.Name)).Append(member.IsOptional ? "?" : "");
        WriteSignature(member.TypeParameters, member.Parameters);
        WriteAnnotation(member.ReturnType);
    }

    public static string Prefix(DocMethodKind kind) => kind switch
    {
        DocMethodKind.Getter => "get ",
        DocMethodKind.Setter => "set ",
        _ => "",
    };

    public static string Accessibility(DocAccessibility accessibility) => accessibility switch
    {
        DocAccessibility.Public => "public ",
        DocAccessibility.Protected => "protected ",
        DocAccessibility.Private => "private ",
        _ => "",
    };

    /// <summary>A member's name as it stands in source: quoted when it is no identifier, number or computed name.</summary>
    public static string Name(string name) => name.Length > 0 && (name[0] == '[' || IsPlain(name)) ? name : Quoted(name);

    private static bool IsPlain(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '$') && !char.IsSurrogate(c))
            {
                return false;
            }
        }

        return true;
    }

    private static string Literal(DocLiteralType type) => type.Kind switch
    {
        DocLiteralKind.String => Quoted(type.Text),
        DocLiteralKind.Number => Number(type.Number),
        DocLiteralKind.Boolean => type.IsTrue ? "true" : "false",
        DocLiteralKind.BigInt => type.Text + "n",
        _ => throw new InvalidOperationException($"No such literal: {type.Kind}."),
    };

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string value)
    {
        var quoted = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    quoted.Append('\\').Append(c);
                    break;
                case '\n':
                    quoted.Append("\\n");
                    break;
                case '\r':
                    quoted.Append("\\r");
                    break;
                case '\t':
                    quoted.Append("\\t");
                    break;
                default:
                    quoted.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? $"\\u{(int)c:x4}" : c.ToString());
                    break;
            }
        }

        return quoted.Append('"').ToString();
    }

    private void WriteTemplate(DocTemplateType type)
    {
        text.Append('`');
        foreach (var part in type.Parts)
        {
            if (part is DocLiteralType { Kind: DocLiteralKind.String } literal)
            {
                text.Append(literal.Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal).Replace("${", "\\${", StringComparison.Ordinal));
            }
            else
            {
                text.Append("${");
                Write(part);
                text.Append('}');
            }
        }

        text.Append('`');
    }

    private void WriteMapped(DocMappedType type)
    {
        text.Append("{ ").Append(type.Readonly switch
        {
            DocMappedModifier.Present => "readonly ",
            DocMappedModifier.Plus => "+readonly ",
            DocMappedModifier.Minus => "-readonly ",
            _ => "",
        }).Append('[').Append(type.TypeParameter.Name).Append(" in ");
        if (type.TypeParameter.Constraint is { } keys)
        {
            Write(keys);
        }

        if (type.NameType is not null)
        {
            text.Append(" as ");
            Write(type.NameType);
        }

        text.Append(']').Append(type.Optional switch
        {
            DocMappedModifier.Present => "?",
            DocMappedModifier.Plus => "+?",
            DocMappedModifier.Minus => "-?",
            _ => "",
        });
        WriteAnnotation(type.Type);
        text.Append(" }");
    }

    private void WriteList(IReadOnlyList<DocType> types, string separator)
    {
        for (var i = 0; i < types.Count; i++)
        {
            text.Append(i > 0 ? separator : "");
            Write(types[i]);
        }
    }

    private void WritePattern(char open, int count, Action<int> write, char close)
    {
        var space = open == '{' && count > 0 ? " " : "";
        text.Append(open).Append(space);
        for (var i = 0; i < count; i++)
        {
            text.Append(i > 0 ? ", " : "");
            write(i);
        }

        text.Append(space).Append(close);
    }

    private void WriteProperty(DocPatternProperty property)
    {
        if (property.Key is null)
        {
            text.Append("...");
        }
        else
        {
            text.Append(Name(property.Key)).Append(property.Value is null ? "" : ": ");
        }

        if (property.Value is not null)
        {
            WriteParameter(property.Value);
        }

        if (property.Default is not null)
        {
            text.Append(" = ").Append(Cut);
        }
    }
}
