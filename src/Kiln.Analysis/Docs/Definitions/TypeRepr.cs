using System.Collections.Immutable;
using System.Text;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>
/// Types as the reference prints them in the text of a template type, the only place where it prints more than a word. Its omissions are kept: type parameters and
/// construct signatures do not show, strings are not escaped, and of a pattern only the keys.
/// </summary>
internal static class TypeRepr
{
    public static string OfTemplate(ReadOnlySpan<DocType> parts)
    {
        if (parts.Length == 1)
        {
            return parts[0].Repr;
        }

        var text = new StringBuilder();
        WriteTemplate(text, parts);
        return text.ToString();
    }

    private static void WriteTemplate(StringBuilder text, ReadOnlySpan<DocType> parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if ((i & 1) == 0)
            {
                text.Append(((DocLiteralType)parts[i]).Text);
            }
            else
            {
                Write(text.Append("${"), parts[i]);
                text.Append('}');
            }
        }
    }

    private static void Write(StringBuilder text, DocType type)
    {
        switch (type)
        {
            case DocKeywordType it: text.Append(it.Name); break;
            case DocThisType: text.Append("this"); break;
            case DocLiteralType { Kind: DocLiteralKind.String } it: text.Append('"').Append(it.Text).Append('"'); break;
            case DocLiteralType { Kind: DocLiteralKind.BigInt } it: text.Append(it.Text).Append('n'); break;
            case DocTemplateType it:
                WriteTemplate(text.Append('`'), it.Parts.AsSpan());
                text.Append('`');
                break;
            case DocTypeReference it:
                text.Append(it.Name);
                WriteArguments(text, it.Arguments);
                break;
            case DocUnionType it: WriteList(text, it.Types, " | "); break;
            case DocIntersectionType it: WriteList(text, it.Types, " & "); break;
            case DocArrayType it:
                Write(text, it.Element);
                text.Append("[]");
                break;
            case DocTupleType it:
                WriteList(text.Append('['), it.Elements, ", ");
                text.Append(']');
                break;
            case DocOptionalType it:
                Write(text, it.Type);
                text.Append('?');
                break;
            case DocRestType it: Write(text.Append("..."), it.Type); break;
            case DocParenthesizedType it:
                Write(text.Append('('), it.Type);
                text.Append(')');
                break;
            case DocTypeOperator it: Write(text.Append(it.Operator).Append(' '), it.Type); break;
            case DocTypeQuery it: text.Append("typeof ").Append(it.Name); break;
            case DocFunctionType it:
                WriteParameters(text.Append(it.IsConstructor ? "new (" : "("), it.Parameters);
                Write(text.Append(") => "), it.ReturnType);
                break;
            case DocConditionalType it:
                Write(text, it.Check);
                Write(text.Append(" extends "), it.Extends);
                Write(text.Append(" ? "), it.True);
                Write(text.Append(" : "), it.False);
                break;
            case DocInferType it:
                text.Append("infer ");
                WriteTypeParameter(text, it.TypeParameter, " extends ");
                break;
            case DocIndexedAccessType it:
                Write(text, it.Object);
                Write(text.Append('['), it.Index);
                text.Append(']');
                break;
            case DocMappedType it: WriteMapped(text, it); break;
            case DocTypeLiteral it: WriteMembers(text, it.Members); break;
            case DocTypePredicate it:
                text.Append(it.IsAsserts ? "asserts " : "").Append(it.ParameterName ?? "this");
                if (it.Type is not null)
                {
                    Write(text.Append(" is "), it.Type);
                }

                break;
            case DocImportType it:
                text.Append("import(\"").Append(it.Specifier).Append("\")");
                if (it.Qualifier is not null)
                {
                    text.Append('.').Append(it.Qualifier);
                }

                WriteArguments(text, it.Arguments);
                break;
            default: text.Append(type.Repr); break;
        }
    }

    private static void WriteList(StringBuilder text, ImmutableArray<DocType> types, string separator)
    {
        for (var i = 0; i < types.Length; i++)
        {
            text.Append(i == 0 ? "" : separator);
            Write(text, types[i]);
        }
    }

    private static void WriteArguments(StringBuilder text, ImmutableArray<DocType> arguments)
    {
        if (arguments.Length > 0)
        {
            WriteList(text.Append('<'), arguments, ", ");
            text.Append('>');
        }
    }

    private static void WriteTypeParameter(StringBuilder text, DocTypeParameter parameter, string keyword)
    {
        text.Append(parameter.Name);
        if (parameter.Constraint is not null)
        {
            Write(text.Append(keyword), parameter.Constraint);
        }
    }

    private static void WriteMapped(StringBuilder text, DocMappedType type)
    {
        text.Append(type.Readonly switch { DocMappedModifier.Plus => "+readonly ", DocMappedModifier.Minus => "-readonly ", DocMappedModifier.Present => "readonly ", _ => "" }).Append('[');
        WriteTypeParameter(text, type.TypeParameter, " in ");
        if (type.NameType is not null)
        {
            Write(text.Append(" as "), type.NameType);
        }

        text.Append(']').Append(type.Optional switch { DocMappedModifier.Plus => "+?", DocMappedModifier.Minus => "-?", DocMappedModifier.Present => "?", _ => "" });
        WriteAnnotation(text, type.Type);
    }

    private static void WriteAnnotation(StringBuilder text, DocType? type)
    {
        if (type is not null)
        {
            Write(text.Append(": "), type);
        }
    }

    private static void WriteMembers(StringBuilder text, DocTypeMembers members)
    {
        text.Append("{ ");
        foreach (var call in members.CallSignatures)
        {
            WriteSignature(text, call.Parameters, call.ReturnType);
        }

        foreach (var method in members.Methods)
        {
            text.Append(method.Kind switch { DocMethodKind.Getter => "get ", DocMethodKind.Setter => "set ", _ => "" }).Append(NameOf(method.Name, method.IsComputed));
            WriteSignature(text.Append(method.IsOptional ? "?" : ""), method.Parameters, method.ReturnType);
        }

        foreach (var property in members.Properties)
        {
            text.Append(property.IsReadonly ? "readonly " : "").Append(NameOf(property.Name, property.IsComputed)).Append(property.IsOptional ? "?" : "");
            WriteAnnotation(text, property.Type);
            text.Append("; ");
        }

        foreach (var index in members.IndexSignatures)
        {
            WriteParameters(text.Append(index.IsReadonly ? "readonly [" : "["), index.Parameters);
            WriteAnnotation(text.Append(']'), index.Type);
            text.Append("; ");
        }

        text.Append('}');
    }

    private static string NameOf(string name, bool isComputed) => isComputed ? $"[{name}]" : name;

    private static void WriteSignature(StringBuilder text, ImmutableArray<DocParameter> parameters, DocType? returnType)
    {
        WriteParameters(text.Append('('), parameters);
        WriteAnnotation(text.Append(')'), returnType);
        text.Append("; ");
    }

    private static void WriteParameters(StringBuilder text, ImmutableArray<DocParameter> parameters)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            WriteParameter(text, parameters[i]);
        }
    }

    private static void WriteParameter(StringBuilder text, DocParameter? parameter)
    {
        switch (parameter)
        {
            case DocIdentifierParameter it: text.Append(it.Name).Append(it.IsOptional ? "?" : ""); break;
            case DocAssignParameter it: WriteParameter(text, it.Left); break;
            case DocRestParameter it: WriteParameter(text.Append("..."), it.Argument); break;
            case DocArrayParameter it:
                text.Append('[');
                for (var i = 0; i < it.Elements.Length; i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    WriteParameter(text, it.Elements[i]);
                }

                text.Append(']').Append(it.IsOptional ? "?" : "");
                break;
            case DocObjectParameter it:
                text.Append('{');
                for (var i = 0; i < it.Properties.Length; i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    if (it.Properties[i] is { Key: null, Value: { } rest })
                    {
                        WriteParameter(text.Append("..."), rest);
                    }
                    else
                    {
                        text.Append(it.Properties[i].Key);
                    }
                }

                text.Append('}').Append(it.IsOptional ? "?" : "");
                break;
        }

        WriteAnnotation(text, parameter?.Type);
    }
}
