using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Type parameters, parameters, return types and index signatures.</content>
internal sealed partial class GrammarVisitor
{
    /// <summary>The parameters that are visited belong to something that may have decorated ones.</summary>
    private bool parametersMayBeDecorated;

    /// <summary>The parameter that is visited belongs to a signature without a body.</summary>
    private bool inSignatureParameter;

    private void VisitTypeParameters(TypeParameter[] parameters, TypeParameterOwner owner)
    {
        foreach (var parameter in parameters)
        {
            VisitTypeParameter(parameter, owner);
        }
    }

    private void VisitTypeParameter(TypeParameter parameter, TypeParameterOwner owner)
    {
        CheckModifiers(parameter.Modifiers, new ModifierSite(parameter, parameter.Name, SyntaxKind.TypeParameter, TypeParameterOwner: owner));
        CheckReservedTypeName(parameter.Name, DiagnosticCodes.ReservedTypeParameterName);
        VisitOptionalType(parameter.Constraint);
        VisitOptionalType(parameter.Default);
    }

    /// <summary>Order and marks of parameters. True when something was reported.</summary>
    private bool CheckParameterList(Parameter[] parameters)
    {
        var seenOptional = false;
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = parameters[i];
            if (parameter.Has(NodeFlags.Rest))
            {
                return CheckRestParameter(parameter, isLast: i == parameters.Length - 1);
            }

            if (parameter.Has(NodeFlags.Optional))
            {
                seenOptional = true;
                if (parameter.Initializer is not null)
                {
                    return Report(DiagnosticCodes.ParameterQuestionAndInitializer, parameter.Name);
                }
            }
            else if (seenOptional && parameter.Initializer is null)
            {
                return Report(DiagnosticCodes.RequiredAfterOptionalParameter, parameter.Name);
            }
        }

        return false;
    }

    private bool CheckRestParameter(Parameter parameter, bool isLast)
    {
        if (!isLast)
        {
            var dots = StartAfterModifiers(parameter, parameter.Modifiers);
            return Report(DiagnosticCodes.RestMustBeLast, dots, dots + 3);
        }

        return parameter.Has(NodeFlags.Optional) ? ReportToken(DiagnosticCodes.RestOptional, MarkAfter(parameter.Name))
            : parameter.Initializer is not null && Report(DiagnosticCodes.RestParameterInitializer, parameter.Name);
    }

    private void VisitParameters(Parameter[] parameters, ParameterOwner owner, bool hasBody, bool mayBeDecorated)
    {
        if (parameters.Length == 0)
        {
            return;
        }

        var savedDecorated = parametersMayBeDecorated;
        var savedSignature = inSignatureParameter;
        parametersMayBeDecorated = mayBeDecorated;
        for (var i = 0; i < parameters.Length; i++)
        {
            inSignatureParameter = !hasBody;
            VisitParameter(parameters[i], i, owner, hasBody);
        }

        parametersMayBeDecorated = savedDecorated;
        inSignatureParameter = savedSignature;
    }

    private void VisitParameter(Parameter parameter, int index, ParameterOwner owner, bool hasBody)
    {
        var isThis = parameter.Name is Identifier && IsWord(parameter.Name, "this");
        CheckModifiers(parameter.Modifiers, new ModifierSite(parameter, parameter.Name, SyntaxKind.Parameter));
        if (parameter.Modifiers.Has(ModifierFlags.ParameterProperty) && !(owner == ParameterOwner.Constructor && hasBody))
        {
            Report(DiagnosticCodes.ParameterPropertyPlace, parameter);
        }

        if (isThis)
        {
            CheckThisParameter(parameter, index, owner);
        }
        else if (parameter.Name is not Identifier && hasBody && parameter.Has(NodeFlags.Optional) && parameter.Initializer is null)
        {
            Report(DiagnosticCodes.OptionalPattern, parameter);
        }

        VisitDecorators(parameter.Modifiers, areApplied: false);
        VisitBindingName(parameter.Name);
        if (parameter.Initializer is { } initializer)
        {
            if (!hasBody)
            {
                Report(DiagnosticCodes.ParameterInitializerPlace, parameter);
            }

            inSignatureParameter = false;
            VisitExpression(initializer);
        }

        inSignatureParameter = false;
        VisitOptionalType(parameter.Type);
    }

    private void CheckThisParameter(Parameter parameter, int index, ParameterOwner owner)
    {
        if (index != 0)
        {
            Report(DiagnosticCodes.ThisParameterFirst, parameter, "this");
        }

        switch (owner)
        {
            case ParameterOwner.Constructor or ParameterOwner.ConstructSignature:
                Report(DiagnosticCodes.ConstructorThisParameter, parameter);
                break;
            case ParameterOwner.Arrow:
                Report(DiagnosticCodes.ArrowThisParameter, parameter);
                break;
            case ParameterOwner.Accessor:
                Report(DiagnosticCodes.AccessorThisParameter, parameter);
                break;
        }
    }

    /// <param name="mayBePredicate">Functions and methods may tell about a parameter; constructors and accessors may not.</param>
    private void VisitReturnType(TypeNode? type, Parameter[] parameters, bool mayBePredicate)
    {
        if (type is TypePredicate predicate && mayBePredicate)
        {
            if (predicate.ParameterName is Identifier name)
            {
                CheckPredicateName(name, parameters);
            }

            VisitOptionalType(predicate.Type);
            return;
        }

        VisitOptionalType(type);
    }

    private void CheckPredicateName(Identifier name, Parameter[] parameters)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.Name is Identifier identifier && HaveSameName(identifier, name))
            {
                if (parameter.Has(NodeFlags.Rest))
                {
                    Report(DiagnosticCodes.PredicateOfRest, name);
                }

                return;
            }
        }

        foreach (var parameter in parameters)
        {
            if (parameter.Name is not Identifier && DeclaresName(parameter.Name, name))
            {
                Report(DiagnosticCodes.PredicateOfPatternElement, name, file.GetName(name));
                return;
            }
        }

        Report(DiagnosticCodes.PredicateParameterMissing, name, file.GetName(name));
    }

    private bool DeclaresName(Node pattern, Identifier name)
    {
        if (!Enter(pattern))
        {
            return false;
        }

        Node[] elements = pattern switch
        {
            ObjectBindingPattern { Elements: var list } => list,
            ArrayBindingPattern { Elements: var list } => list,
            _ => [],
        };
        var result = Array.Exists(
            elements,
            e => e is BindingElement element && (element.Name is Identifier identifier ? HaveSameName(identifier, name) : DeclaresName(element.Name, name)));
        depth--;
        return result;
    }

    private void VisitIndexSignature(IndexSignature signature)
    {
        if (!CheckModifiers(signature.Modifiers, new ModifierSite(signature, null, SyntaxKind.IndexSignature)))
        {
            CheckIndexSignature(signature);
        }

        VisitParameters(signature.Parameters, ParameterOwner.IndexSignature, hasBody: false, mayBeDecorated: false);
        VisitOptionalType(signature.Type);
    }

    private bool CheckIndexSignature(IndexSignature signature)
    {
        if (signature.Parameters is not [var parameter])
        {
            return Report(DiagnosticCodes.IndexSignatureParameterCount, signature.Parameters is [] ? signature : signature.Parameters[0].Name);
        }

        if (Trivia.NextIs(text, parameter.End, ',', out var comma))
        {
            ReportToken(DiagnosticCodes.IndexSignatureTrailingComma, comma);
        }

        if (parameter.Has(NodeFlags.Rest))
        {
            var dots = StartAfterModifiers(parameter, parameter.Modifiers);
            return Report(DiagnosticCodes.IndexSignatureRest, dots, dots + 3);
        }

        if (parameter.Modifiers.Flags != 0)
        {
            return Report(DiagnosticCodes.IndexSignatureParameterModifier, parameter.Name);
        }

        if (parameter.Has(NodeFlags.Optional))
        {
            return ReportToken(DiagnosticCodes.IndexSignatureParameterQuestion, MarkAfter(parameter.Name));
        }

        if (parameter.Initializer is not null)
        {
            return Report(DiagnosticCodes.IndexSignatureParameterInitializer, parameter.Name);
        }

        if (parameter.Type is not { } type)
        {
            return Report(DiagnosticCodes.IndexSignatureParameterType, parameter.Name);
        }

        var code = FindKeyTypeError(type);
        return code != 0 ? Report(code, parameter.Name) : signature.Type is null && Report(DiagnosticCodes.IndexSignatureType, signature);
    }

    /// <summary>Only what is spelled out is judged; a name may stand for any type.</summary>
    private int FindKeyTypeError(TypeNode type)
    {
        switch (type)
        {
            case WrappedType { Kind: SyntaxKind.ParenthesizedType } wrapped when Enter(type):
                var inner = FindKeyTypeError(wrapped.Type);
                depth--;
                return inner;
            case KeywordType:
                return file.GetSlice(type) is "string" or "number" or "symbol" ? 0 : DiagnosticCodes.IndexSignatureParameterTypeKind;
            case LiteralType { Literal: StringLiteral or PrefixUnaryExpression or Literal { Kind: SyntaxKind.NumericLiteral or SyntaxKind.NoSubstitutionTemplateLiteral or SyntaxKind.BigIntLiteral } } literal:
                return literal.Literal is Literal { Kind: SyntaxKind.BigIntLiteral } or PrefixUnaryExpression { Operand: Literal { Kind: SyntaxKind.BigIntLiteral } }
                    ? DiagnosticCodes.IndexSignatureParameterTypeKind
                    : DiagnosticCodes.IndexSignatureParameterTypeLiteral;
            case LiteralType or TypeLiteral or FunctionType or ArrayType or TupleType:
                return DiagnosticCodes.IndexSignatureParameterTypeKind;
            case UnionOrIntersectionType { Kind: SyntaxKind.UnionType } union when Enter(type):
                var result = 0;
                foreach (var member in union.Types)
                {
                    var code = FindKeyTypeError(member);
                    if (code == DiagnosticCodes.IndexSignatureParameterTypeLiteral || result == 0)
                    {
                        result = code;
                    }

                    if (member is TypeReference or TypeQuery or IndexedAccessType or ConditionalType or ImportType)
                    {
                        // What the name means may change which error it is.
                        result = 0;
                        break;
                    }
                }

                depth--;
                return result;
            default:
                return 0;
        }
    }
}
