using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>
/// Whether a parameter of a new type takes everything that it took with the old one, as far as syntax tells: the rules are those of TypeScript's
/// assignability for forms that need no declaration to be looked up. False means that it cannot be told.
/// </summary>
/// <remarks>
/// Narrower than assignability in two things, because code that calls gets types from the parameter too: the literal that is passed may have no properties
/// that the new type lacks, and parameters of callbacks stay as they are.
/// </remarks>
internal sealed class TypeRelation(TypeKeys oldKeys, TypeKeys newKeys, StackGuard guard)
{
    /// <summary>Comparisons of types in one run. Nobody writes unions large enough to come near; past it nothing can be told.</summary>
    private const int MaxSteps = 2_000_000;

    /// <summary>Generic types of the language of which a wider argument gives a wider type.</summary>
    private static readonly string[] Covariant = ["Promise", "PromiseLike", "Iterable", "AsyncIterable", "ReadonlyArray", "ReadonlySet", "Readonly", "Partial"];

    private int steps;

    /// <param name="target">The new type; null takes everything.</param>
    /// <param name="source">The old type; null may have been anything.</param>
    /// <param name="isOptional">The new parameter may be left out, and takes <c>undefined</c>.</param>
    public bool Accepts(DocType? target, DocType? source, bool isOptional = false)
    {
        if (target is null or DocKeywordType { Name: "any" or "unknown" })
        {
            return true;
        }

        if (source is null or DocKeywordType { Name: "any" })
        {
            return false;
        }

        var key = oldKeys.Of(source);
        if (key == newKeys.Of(target))
        {
            return true;
        }

        // With a type parameter in it the type that is inferred for the call may change.
        if (key.Contains(TypeKeys.ParameterMark, StringComparison.Ordinal))
        {
            return false;
        }

        var targets = new List<DocType>(TypeKeys.MembersOf(target));
        var targetKeys = targets.Select(newKeys.Of).ToHashSet(StringComparer.Ordinal);
        foreach (var member in TypeKeys.MembersOf(source))
        {
            if (!(isOptional && member is DocKeywordType { Name: "undefined" }) && !targetKeys.Contains(oldKeys.Of(member)) && !AnyAccepts(targets, member))
            {
                return false;
            }
        }

        return true;
    }

    private bool AnyAccepts(List<DocType> targets, DocType source)
    {
        if (source is DocKeywordType { Name: "boolean" } && targets.Exists(t => t is DocLiteralType { Kind: DocLiteralKind.Boolean, IsTrue: true }) && targets.Exists(t => t is DocLiteralType { Kind: DocLiteralKind.Boolean, IsTrue: false }))
        {
            return true;
        }

        foreach (var target in targets)
        {
            if (++steps > MaxSteps || !guard.HasRoom())
            {
                return false;
            }

            if (AcceptsOne(target, source))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Neither is a union.</summary>
    private bool AcceptsOne(DocType target, DocType source) => (target, source) switch
    {
        (DocKeywordType { Name: "any" or "unknown" }, _) => true,
        (_, DocKeywordType { Name: "never" }) => true,
        (DocKeywordType t, DocKeywordType s) => t.Name == s.Name || (t.Name == "void" && s.Name == "undefined"),
        (DocKeywordType t, DocLiteralType s) => t.Name == KeywordOf(s.Kind),
        (DocKeywordType t, DocTemplateType) => t.Name == "string",
        (DocKeywordType { Name: "object" }, DocTypeLiteral or DocArrayType or DocTupleType or DocFunctionType) => true,
        (DocArrayType t, DocArrayType s) => Accepts(t.Element, s.Element),
        (DocTypeOperator { Operator: "readonly", Type: var t }, DocTypeOperator { Operator: "readonly", Type: var s }) => Accepts(t, s),
        (DocTypeOperator { Operator: "readonly", Type: var t }, DocArrayType or DocTupleType) => Accepts(t, source),
        (DocArrayType t, DocTupleType s) => s.Elements.All(e => e is not (DocOptionalType or DocRestType) && Accepts(t.Element, e)),
        (DocTupleType t, DocTupleType s) => t.Elements.Length == s.Elements.Length && t.Elements.Zip(s.Elements).All(p => AcceptsElement(p.First, p.Second)),
        (DocTypeReference t, DocTypeReference s) => Covariant.Contains(t.Name, StringComparer.Ordinal) && t.Name == s.Name && t.Resolution is null && s.Resolution is null
            && t.Arguments.Length == s.Arguments.Length && t.Arguments.Zip(s.Arguments).All(p => Accepts(p.First, p.Second)),
        (DocTypeReference { Name: "ReadonlyArray", Resolution: null, Arguments: [var t] }, DocArrayType s) => Accepts(t, s.Element),
        (DocFunctionType t, DocFunctionType s) => AcceptsFunction(t, s),
        (DocTypeLiteral t, DocTypeLiteral s) => AcceptsMembers(t.Members, s.Members),
        _ => false,
    };

    private bool AcceptsElement(DocType target, DocType source) => (target, source) switch
    {
        (DocOptionalType t, DocOptionalType s) => Accepts(t.Type, s.Type),
        (DocRestType t, DocRestType s) => Accepts(t.Type, s.Type),
        (DocRestType, _) or (_, DocOptionalType or DocRestType) => false,
        (DocOptionalType t, _) => Accepts(t.Type, source, isOptional: true),
        _ => Accepts(target, source),
    };

    /// <summary>A callback may be given more parameters than it takes, and more may be accepted of what it returns.</summary>
    private bool AcceptsFunction(DocFunctionType target, DocFunctionType source)
    {
        if (target.IsConstructor != source.IsConstructor || target.TypeParameters.Length + source.TypeParameters.Length > 0 || source.Parameters.Length > target.Parameters.Length)
        {
            return false;
        }

        for (var i = 0; i < source.Parameters.Length; i++)
        {
            var (t, s) = (target.Parameters[i], source.Parameters[i]);
            if (Parameters.IsThis(t) != Parameters.IsThis(s) || Parameters.IsRest(t) != Parameters.IsRest(s) || Parameters.IsOptional(t) != Parameters.IsOptional(s)
                || newKeys.Of(Parameters.TypeOf(t)) != oldKeys.Of(Parameters.TypeOf(s)))
            {
                return false;
            }
        }

        return target.ReturnType is DocKeywordType { Name: "void" } || Accepts(target.ReturnType, source.ReturnType);
    }

    private bool AcceptsMembers(DocTypeMembers target, DocTypeMembers source)
    {
        if (!OnlyProperties(target) || !OnlyProperties(source))
        {
            return false;
        }

        var properties = new Dictionary<string, DocPropertySignature>(StringComparer.Ordinal);
        foreach (var property in source.Properties)
        {
            properties.TryAdd(property.Name, property);
        }

        var found = 0;
        foreach (var property in target.Properties)
        {
            if (!properties.TryGetValue(property.Name, out var old))
            {
                if (!property.IsOptional)
                {
                    return false;
                }

                continue;
            }

            found++;
            if ((old.IsOptional && !property.IsOptional) || !Accepts(property.Type, old.Type, property.IsOptional))
            {
                return false;
            }
        }

        return found == properties.Count;
    }

    private static bool OnlyProperties(DocTypeMembers members) =>
        members.Methods.Length + members.CallSignatures.Length + members.Constructors.Length + members.IndexSignatures.Length == 0 && members.Properties.All(p => p.Parameters.Length == 0);

    private static string KeywordOf(DocLiteralKind kind) => kind switch
    {
        DocLiteralKind.Number => "number",
        DocLiteralKind.String => "string",
        DocLiteralKind.Boolean => "boolean",
        DocLiteralKind.BigInt => "bigint",
        _ => throw new InvalidOperationException($"No such literal: {kind}."),
    };
}
