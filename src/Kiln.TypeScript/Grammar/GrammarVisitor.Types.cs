using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Types.</content>
internal sealed partial class GrammarVisitor
{
    /// <summary>The type that is visited is part of what follows <c>extends</c> in a conditional type.</summary>
    private bool inExtendsOfConditional;

    /// <summary>The innermost function, member, namespace around the type, arrows passed over, is a non-static member of a class or interface.</summary>
    private bool thisTypeAllowed;

    private void VisitOptionalType(TypeNode? type)
    {
        if (type is not null)
        {
            VisitType(type);
        }
    }

    private void VisitTypes(TypeNode[] types)
    {
        foreach (var type in types)
        {
            VisitType(type);
        }
    }

    private void VisitType(TypeNode type)
    {
        if (type is KeywordType)
        {
            if (!thisTypeAllowed && IsWord(type, "this"))
            {
                Report(DiagnosticCodes.ThisTypePlace, type);
            }

            return;
        }

        if ((type is TypeReference { TypeArguments: [] }) || !Enter(type))
        {
            return;
        }

        VisitTypeCore(type);
        depth--;
    }

    private void VisitTypeCore(TypeNode type)
    {
        while (true)
        {
            switch (type)
            {
                // Chains: the loop takes the place of the last recursion.
                case KeywordType when !thisTypeAllowed && IsWord(type, "this"):
                    Report(DiagnosticCodes.ThisTypePlace, type);
                    return;
                case ArrayType array:
                    type = array.ElementType;
                    continue;
                case IndexedAccessType access:
                    VisitType(access.IndexType);
                    type = access.ObjectType;
                    continue;
                case WrappedType wrapped:
                    type = wrapped.Type;
                    continue;
                case ConditionalType conditional:
                    VisitType(conditional.CheckType);
                    var saved = inExtendsOfConditional;
                    inExtendsOfConditional = true;
                    VisitType(conditional.ExtendsType);
                    inExtendsOfConditional = saved;
                    VisitType(conditional.TrueType);
                    type = conditional.FalseType;
                    continue;
                default:
                    VisitSimpleType(type);
                    return;
            }
        }
    }

    private void VisitSimpleType(TypeNode type)
    {
        switch (type)
        {
            case KeywordType or LiteralType: break;
            case TypeReference reference: VisitTypes(reference.TypeArguments); break;
            case TypePredicate predicate:
                Report(DiagnosticCodes.PredicateNotHere, predicate);
                break;
            case FunctionType function: VisitFunctionType(function); break;
            case TypeQuery query:
                if (query.ExprName is ImportType module)
                {
                    VisitType(module);
                }

                VisitTypes(query.TypeArguments);
                break;
            case TypeLiteral literal: VisitTypeMembers(literal.Members, MemberOwner.TypeLiteral); break;
            case TupleType tuple: VisitTuple(tuple); break;
            case NamedTupleMember member: VisitType(member.Type); break;
            case UnionOrIntersectionType list: VisitTypes(list.Types); break;
            case InferType infer:
                if (!inExtendsOfConditional)
                {
                    Report(DiagnosticCodes.InferNotHere, infer);
                }

                VisitTypeParameter(infer.TypeParameter, TypeParameterOwner.Type);
                break;
            case TypeOperator operation: VisitTypeOperator(operation); break;
            case MappedType mapped:
                VisitTypeParameter(mapped.TypeParameter, TypeParameterOwner.Type);
                VisitOptionalType(mapped.NameType);
                VisitOptionalType(mapped.Type);
                break;
            case TemplateLiteralType template: VisitTypes(template.Types); break;
            case ImportType import: VisitImportType(import); break;
            default: throw new InvalidOperationException($"Unknown type {type.Kind}.");
        }
    }

    private void VisitFunctionType(FunctionType function)
    {
        CheckParameterList(function.Parameters);
        VisitSignature(
            function.TypeParameters,
            function.Parameters,
            function.Type,
            function.Kind == SyntaxKind.ConstructorType ? ParameterOwner.ConstructSignature : ParameterOwner.Function);
    }

    private void VisitTuple(TupleType tuple)
    {
        CheckTupleOrder(tuple);
        foreach (var element in tuple.Elements)
        {
            if (element is NamedTupleMember member)
            {
                CheckNamedTupleMember(member);
            }

            VisitType(element);
        }
    }

    /// <summary>Required, then optional, then one rest element. A rest of a named type may be a tuple without a rest of its own: it is passed over.</summary>
    private bool CheckTupleOrder(TupleType tuple)
    {
        var seenOptional = false;
        var seenRest = false;
        foreach (var element in tuple.Elements)
        {
            var rest = element switch
            {
                NamedTupleMember { Type: var type } member => member.Has(NodeFlags.Rest) && !member.Has(NodeFlags.Optional) ? type : null,
                WrappedType { Kind: SyntaxKind.RestType } wrapped => wrapped.Type,
                _ => null,
            };
            if (rest is not null)
            {
                if (IsArray(rest))
                {
                    if (seenRest)
                    {
                        return Report(DiagnosticCodes.TupleRestAfterRest, element);
                    }

                    seenRest = true;
                }
            }
            else if (element is WrappedType { Kind: SyntaxKind.OptionalType } || (element is NamedTupleMember && element.Has(NodeFlags.Optional)))
            {
                if (seenRest)
                {
                    return Report(DiagnosticCodes.TupleOptionalAfterRest, element);
                }

                seenOptional = true;
            }
            else if (seenOptional)
            {
                return Report(DiagnosticCodes.TupleRequiredAfterOptional, element);
            }
        }

        return false;
    }

    private static bool IsArray(TypeNode type)
    {
        while (type is WrappedType { Kind: SyntaxKind.ParenthesizedType } wrapped)
        {
            type = wrapped.Type;
        }

        return type is ArrayType;
    }

    private void CheckNamedTupleMember(NamedTupleMember member)
    {
        if (member.Has(NodeFlags.Rest) && member.Has(NodeFlags.Optional))
        {
            Report(DiagnosticCodes.TupleOptionalAndRest, member);
        }

        if (member.Type.Kind == SyntaxKind.OptionalType)
        {
            Report(DiagnosticCodes.TupleNamedOptional, member.Type);
        }

        if (member.Type.Kind == SyntaxKind.RestType)
        {
            Report(DiagnosticCodes.TupleNamedRest, member.Type);
        }
    }

    private void VisitTypeOperator(TypeOperator operation)
    {
        switch (operation.Operator)
        {
            case TypeOperatorKind.Unique when !(operation.Type is KeywordType && IsWord(operation.Type, "symbol")):
                Report(DiagnosticCodes.TokenExpected, operation.Type, "symbol");
                break;
            case TypeOperatorKind.Unique:
                // Where it may stand it was found by FindUniqueSymbol.
                Report(DiagnosticCodes.UniqueSymbolNotHere, operation);
                break;
            case TypeOperatorKind.Readonly when operation.Type is not (ArrayType or TupleType):
                ReportToken(DiagnosticCodes.ReadonlyTypePlace, operation.Start);
                break;
        }

        VisitType(operation.Type);
    }

    /// <summary><c>unique symbol</c> as the whole type of a declaration.</summary>
    private TypeOperator? FindUniqueSymbol(TypeNode type)
    {
        while (type is WrappedType { Kind: SyntaxKind.ParenthesizedType } wrapped)
        {
            type = wrapped.Type;
        }

        return type is TypeOperator { Operator: TypeOperatorKind.Unique, Type: KeywordType word } unique && IsWord(word, "symbol") ? unique : null;
    }

    private void VisitImportType(ImportType import)
    {
        if (import.Attributes is { } attributes)
        {
            FindResolutionMode(attributes, report: true);
        }

        if (import.Argument is not LiteralType { Literal: StringLiteral })
        {
            Report(DiagnosticCodes.StringLiteralExpected, import.Argument);
        }

        VisitType(import.Argument);
        VisitTypes(import.TypeArguments);
    }
}
