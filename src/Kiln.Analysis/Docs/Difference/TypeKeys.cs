using System.Security.Cryptography;
using System.Text;
using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Docs.Text;
using Kiln.TypeScript;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>
/// A text for every type, equal for types that mean the same: places, parentheses, the order of a union, names of parameters and of type parameters are not
/// part of it. Names count as they are called where they are declared; which module that is does not.
/// </summary>
/// <remarks>
/// Long texts are replaced by their digests, so that the whole costs no more than the types are long, however deep they are nested. A text with
/// <see cref="ParameterMark"/> mentions a type parameter.
/// </remarks>
internal sealed class TypeKeys(StackGuard guard, IReadOnlyDictionary<string, string> renamed)
{
    public const char ParameterMark = '%';
    private const int MaxLength = 200;

    private readonly List<(IReadOnlyList<DocTypeParameter> Types, IReadOnlyList<DocParameter> Values)> scopes = [];
    private readonly Dictionary<DocType, string> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Enters what declares type parameters; both sides of a comparison enter alike.</summary>
    public void Enter(IReadOnlyList<DocTypeParameter> types, IReadOnlyList<DocParameter>? values = null) => scopes.Add((types, values ?? []));

    public void Leave() => scopes.RemoveAt(scopes.Count - 1);

    /// <summary>The text of a type; of null <c>?</c>, which stands for a type that is not known.</summary>
    public string Of(DocType? type)
    {
        if (type is null)
        {
            return "?";
        }

        if (known.TryGetValue(type, out var key))
        {
            return key;
        }

        if (!guard.HasRoom())
        {
            return "";
        }

        key = Seal(Form(type));
        known.Add(type, key);
        return key;
    }

    /// <summary>Of a whole signature.</summary>
    public string OfSignature(IReadOnlyList<DocTypeParameter> typeParameters, IReadOnlyList<DocParameter> parameters, DocType? returnType)
    {
        Enter(typeParameters, parameters);
        var text = new StringBuilder();
        Append(text, typeParameters);
        text.Append('(');
        foreach (var parameter in parameters)
        {
            text.Append(Parameters.IsThis(parameter) ? "this:" : Parameters.IsRest(parameter) ? "..." : Parameters.IsOptional(parameter) ? "?" : "").Append(Of(Parameters.TypeOf(parameter))).Append(',');
        }

        text.Append(")=>").Append(Of(returnType));
        Leave();
        return Seal(text.ToString());
    }

    public string OfMembers(DocTypeMembers members)
    {
        var parts = new List<string>();
        foreach (var m in members.Properties)
        {
            parts.Add($"{(m.IsReadonly ? "r" : "")}p{TypeText.Name(m.Name)}{(m.IsOptional ? "?" : "")}:{(m.Parameters.Length > 0 ? OfSignature(m.TypeParameters, m.Parameters, m.Type) : Of(m.Type))}");
        }

        foreach (var m in members.Methods)
        {
            parts.Add($"m{m.Kind}{TypeText.Name(m.Name)}{(m.IsOptional ? "?" : "")}{OfSignature(m.TypeParameters, m.Parameters, m.ReturnType)}");
        }

        foreach (var m in members.CallSignatures)
        {
            parts.Add("c" + OfSignature(m.TypeParameters, m.Parameters, m.ReturnType));
        }

        foreach (var m in members.Constructors)
        {
            parts.Add("n" + OfSignature(m.TypeParameters, m.Parameters, m.ReturnType));
        }

        foreach (var m in members.IndexSignatures)
        {
            parts.Add($"{(m.IsReadonly ? "r" : "")}i{OfSignature([], m.Parameters, m.Type)}");
        }

        parts.Sort(StringComparer.Ordinal);
        return Seal("{" + string.Join(';', parts) + "}");
    }

    /// <summary>The name as it is called where it is declared.</summary>
    public string NameOf(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var first = dot < 0 ? name : name[..dot];
        return renamed.TryGetValue(first, out var other) ? other + name[first.Length..] : name;
    }

    /// <summary>The members of a union, also of nested ones; the type itself when it is none.</summary>
    public static IEnumerable<DocType> MembersOf(DocType type)
    {
        var pending = new Stack<DocType>();
        pending.Push(type);
        while (pending.TryPop(out var next))
        {
            switch (next)
            {
                case DocUnionType union:
                    for (var i = union.Types.Length - 1; i >= 0; i--)
                    {
                        pending.Push(union.Types[i]);
                    }

                    break;
                case DocParenthesizedType inner:
                    pending.Push(inner.Type);
                    break;
                default:
                    yield return next;
                    break;
            }
        }
    }

    private static string Seal(string key)
    {
        if (key.Length <= MaxLength)
        {
            return key;
        }

        var digest = Convert.ToHexString(SHA256.HashData(Encoding.Unicode.GetBytes(key)).AsSpan(0, 20));
        return key.Contains(ParameterMark, StringComparison.Ordinal) ? $"#{ParameterMark}{digest}" : "#" + digest;
    }

    private string Form(DocType type) => type switch
    {
        DocKeywordType t => t.Name,
        DocThisType => "this",
        DocLiteralType or DocUnsupportedType => TypeText.Of(type),
        DocTemplateType t => $"`{List(t.Parts)}`",
        DocTypeReference t => Reference(t),
        DocUnionType => Union(type),
        DocIntersectionType t => string.Join('&', t.Types.Select(Of).Order(StringComparer.Ordinal)),
        DocArrayType t => $"[]({Of(t.Element)})",
        DocTupleType t => $"[{List(t.Elements)}]",
        DocOptionalType t => Of(t.Type) + "?",
        DocRestType t => "..." + Of(t.Type),
        DocParenthesizedType t => Of(t.Type),
        DocTypeOperator t => $"{t.Operator} {Of(t.Type)}",
        DocTypeQuery t => $"typeof {ValueName(t.Name)}",
        DocFunctionType t => (t.IsConstructor ? "new" : "") + OfSignature(t.TypeParameters, t.Parameters, t.ReturnType),
        DocConditionalType t => $"{Of(t.Check)} extends {Of(t.Extends)}?{Of(t.True)}:{Of(t.False)}",
        DocInferType t => $"infer {t.TypeParameter.Name}:{Of(t.TypeParameter.Constraint)}",
        DocIndexedAccessType t => $"({Of(t.Object)})[{Of(t.Index)}]",
        DocMappedType t => Mapped(t),
        DocTypeLiteral t => OfMembers(t.Members),
        DocTypePredicate t => $"{(t.IsAsserts ? "asserts " : "")}{(t.ParameterName is null ? "this" : ValueName(t.ParameterName))} is {Of(t.Type)}",
        DocImportType t => t.Qualifier is null ? $"import({t.Specifier})" : NameOf(t.Qualifier) + Arguments(t.Arguments),
        _ => throw new InvalidOperationException($"No such type: {type.GetType().Name}."),
    };

    private string Reference(DocTypeReference type)
    {
        var name = type.Name;
        if (Scope(name) is { } parameter)
        {
            return parameter + Arguments(type.Arguments);
        }

        if (type is { Resolution: null, Arguments.Length: 1 } && name is "Array" or "ReadonlyArray")
        {
            var array = $"[]({Of(type.Arguments[0])})";
            return name == "Array" ? array : "readonly " + array;
        }

        if (type.Resolution is { Kind: DocResolutionKind.Import } import)
        {
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            name = import.ImportedName switch
            {
                null => dot < 0 ? name : name[(dot + 1)..],
                "default" => name,
                { } imported => dot < 0 ? imported : imported + name[dot..],
            };
        }

        return NameOf(name) + Arguments(type.Arguments);
    }

    /// <summary>Where the type parameter is declared, counted from outside; null for what is none.</summary>
    private string? Scope(string name)
    {
        for (var i = scopes.Count - 1; i >= 0; i--)
        {
            var types = scopes[i].Types;
            for (var k = 0; k < types.Count; k++)
            {
                if (types[k].Name == name)
                {
                    return $"{ParameterMark}{i}.{k}";
                }
            }
        }

        return null;
    }

    /// <summary>A name in <c>typeof</c> or a predicate may be a parameter's.</summary>
    private string ValueName(string name)
    {
        for (var i = scopes.Count - 1; i >= 0; i--)
        {
            var values = scopes[i].Values;
            for (var k = 0; k < values.Count; k++)
            {
                if (Parameters.NameOf(values[k]) == name)
                {
                    return $"${i}.{k}";
                }
            }
        }

        return NameOf(name);
    }

    private string Union(DocType type)
    {
        var members = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var member in MembersOf(type))
        {
            members.Add(Of(member));
        }

        if (members.Contains("true") && members.Contains("false"))
        {
            members.Remove("true");
            members.Remove("false");
            members.Add("boolean");
        }

        return string.Join('|', members);
    }

    private string Mapped(DocMappedType type)
    {
        var keys = Of(type.TypeParameter.Constraint);
        Enter([type.TypeParameter]);
        var text = $"{{{type.Readonly}[{keys} as {Of(type.NameType)}]{type.Optional}:{Of(type.Type)}}}";
        Leave();
        return text;
    }

    private void Append(StringBuilder text, IReadOnlyList<DocTypeParameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            text.Append('<').Append(Of(parameter.Constraint)).Append('=').Append(Of(parameter.Default)).Append('>');
        }
    }

    private string Arguments(IReadOnlyList<DocType> types) => types.Count == 0 ? "" : $"<{List(types)}>";

    private string List(IReadOnlyList<DocType> types) => string.Join(',', types.Select(Of));
}
