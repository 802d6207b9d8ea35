using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>A text that is the same for types that differ in nothing but their places and comments.</summary>
internal static class TypeKey
{
    public static string Of(DocType type)
    {
        if (type is DocKeywordType keyword && keyword.Repr == keyword.Name)
        {
            return keyword.Name;
        }

        var key = new StringBuilder();
        Write(key, type);
        return key.ToString();
    }

    private static void Write(StringBuilder key, DocType? type)
    {
        if (type is null)
        {
            key.Append('-');
            return;
        }

        key.Append(KindOf(type));
        Write(key, type.Repr);
        switch (type)
        {
            case DocKeywordType it: Write(key, it.Name); break;
            case DocLiteralType { Kind: DocLiteralKind.String } it: Write(key, it.Text); break;
            case DocLiteralType it: key.Append((int)it.Kind).Append(it.Text).Append(it.IsTrue).Append(it.Number.ToString(CultureInfo.InvariantCulture)); break;
            case DocTemplateType it: Write(key, it.Parts); break;
            case DocTypeReference it:
                Write(key, it.Name);
                Write(key, it.Arguments);
                break;
            case DocUnionType it: Write(key, it.Types); break;
            case DocIntersectionType it: Write(key, it.Types); break;
            case DocArrayType it: Write(key, it.Element); break;
            case DocTupleType it: Write(key, it.Elements); break;
            case DocOptionalType it: Write(key, it.Type); break;
            case DocRestType it: Write(key, it.Type); break;
            case DocParenthesizedType it: Write(key, it.Type); break;
            case DocTypeOperator it:
                Write(key, it.Operator);
                Write(key, it.Type);
                break;
            case DocTypeQuery it: Write(key, it.Name); break;
            case DocFunctionType it:
                key.Append(it.IsConstructor ? 'n' : 'f');
                Write(key, it.ReturnType);
                Write(key, it.TypeParameters);
                Write(key, it.Parameters);
                break;
            case DocConditionalType it:
                Write(key, it.Check);
                Write(key, it.Extends);
                Write(key, it.True);
                Write(key, it.False);
                break;
            case DocInferType it: Write(key, [it.TypeParameter]); break;
            case DocIndexedAccessType it:
                Write(key, it.Object);
                Write(key, it.Index);
                break;
            case DocMappedType it:
                key.Append((int)it.Readonly).Append((int)it.Optional);
                Write(key, [it.TypeParameter]);
                Write(key, it.NameType);
                Write(key, it.Type);
                break;
            case DocTypeLiteral it: Write(key, it.Members); break;
            case DocTypePredicate it:
                key.Append(it.IsAsserts ? 'a' : 'p');
                Write(key, it.ParameterName ?? "");
                Write(key, it.Type);
                break;
            case DocImportType it:
                Write(key, it.Specifier);
                Write(key, it.Qualifier ?? "");
                Write(key, it.Arguments);
                break;
        }
    }

    private static char KindOf(DocType type) => type switch
    {
        DocKeywordType => 'k',
        DocThisType => 't',
        DocLiteralType => 'l',
        DocTemplateType => '`',
        DocTypeReference => 'r',
        DocUnionType => '|',
        DocIntersectionType => '&',
        DocArrayType => 'a',
        DocTupleType => '[',
        DocOptionalType => '?',
        DocRestType => '.',
        DocParenthesizedType => '(',
        DocTypeOperator => 'o',
        DocTypeQuery => 'q',
        DocFunctionType => '>',
        DocConditionalType => 'c',
        DocInferType => 'i',
        DocIndexedAccessType => 'x',
        DocMappedType => 'm',
        DocTypeLiteral => '{',
        DocTypePredicate => 'p',
        DocImportType => 'e',
        _ => 'u',
    };

    private static void Write(StringBuilder key, string text) => key.Append(text.Length).Append(':').Append(text);

    private static void Write(StringBuilder key, ImmutableArray<DocType> types)
    {
        key.Append(types.Length).Append(',');
        foreach (var type in types)
        {
            Write(key, type);
        }
    }

    private static void Write(StringBuilder key, ImmutableArray<DocTypeParameter> parameters)
    {
        key.Append(parameters.Length).Append(',');
        foreach (var parameter in parameters)
        {
            Write(key, parameter.Name);
            Write(key, parameter.Constraint);
            Write(key, parameter.Default);
        }
    }

    private static void Write(StringBuilder key, DocTypeMembers members)
    {
        foreach (var it in members.Constructors)
        {
            Write(key.Append('n'), it.Parameters);
            Write(key, it.ReturnType);
            Write(key, it.TypeParameters);
        }

        foreach (var it in members.Methods)
        {
            key.Append((int)it.Kind).Append(it.IsComputed ? 'c' : '-').Append(it.IsOptional ? 'o' : '-');
            Write(key, it.Name);
            Write(key, it.Parameters);
            Write(key, it.ReturnType);
            Write(key, it.TypeParameters);
        }

        foreach (var it in members.Properties)
        {
            key.Append('p').Append(it.IsReadonly ? 'r' : '-').Append(it.IsComputed ? 'c' : '-').Append(it.IsOptional ? 'o' : '-');
            Write(key, it.Name);
            Write(key, it.Type);
        }

        foreach (var it in members.CallSignatures)
        {
            Write(key.Append('('), it.Parameters);
            Write(key, it.ReturnType);
            Write(key, it.TypeParameters);
        }

        foreach (var it in members.IndexSignatures)
        {
            Write(key.Append('[').Append(it.IsReadonly ? 'r' : '-'), it.Parameters);
            Write(key, it.Type);
        }

        key.Append('}');
    }

    private static void Write(StringBuilder key, ImmutableArray<DocParameter> parameters)
    {
        key.Append(parameters.Length).Append(',');
        foreach (var parameter in parameters)
        {
            Write(key, parameter);
        }
    }

    private static void Write(StringBuilder key, DocParameter? parameter)
    {
        switch (parameter)
        {
            case null: key.Append('-'); break;
            case DocIdentifierParameter it: Write(key.Append(it.IsOptional ? '?' : 'i'), it.Name); break;
            case DocAssignParameter it:
                Write(key.Append('='), it.Right);
                Write(key, it.Left);
                break;
            case DocRestParameter it: Write(key.Append('.'), it.Argument); break;
            case DocArrayParameter it:
                key.Append('[').Append(it.Elements.Length).Append(it.IsOptional ? '?' : ',');
                foreach (var element in it.Elements)
                {
                    Write(key, element);
                }

                break;
            case DocObjectParameter it:
                key.Append('{').Append(it.Properties.Length).Append(it.IsOptional ? '?' : ',');
                foreach (var property in it.Properties)
                {
                    Write(key, property.Key ?? "");
                    Write(key, property.Default ?? "");
                    Write(key, property.Value);
                }

                break;
        }

        Write(key, parameter?.Type);
    }
}
