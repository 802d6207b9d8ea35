using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Functions, variables, interfaces and aliases.</content>
internal sealed partial class GrammarVisitor
{
    private void VisitDeclaration(DeclarationStatement declaration)
    {
        // Modifiers are judged by the context outside: `declare` makes only what follows it ambient.
        switch (declaration)
        {
            case FunctionDeclaration function: VisitFunction(function); break;
            case ClassDeclaration type: VisitClassDeclaration(type); break;
            case VariableStatement statement: VisitVariableStatement(statement); break;
            case InterfaceDeclaration type: VisitInterface(type); break;
            case TypeAliasDeclaration alias: VisitTypeAlias(alias); break;
            case EnumDeclaration type: VisitEnum(type); break;
            case ModuleDeclaration inner: VisitModule(inner); break;
            case ImportEqualsDeclaration import: VisitImportEquals(import); break;
            default: throw new InvalidOperationException($"Unknown declaration {declaration.Kind}.");
        }
    }

    private void VisitFunction(FunctionDeclaration function)
    {
        var refused = CheckModifiers(function.Modifiers, new ModifierSite(function, function.Name, SyntaxKind.FunctionDeclaration));
        var saved = ambient;
        var savedThis = thisTypeAllowed;
        ambient |= function.Modifiers.Has(ModifierFlags.Declare);
        thisTypeAllowed = false;
        if (!refused)
        {
            CheckParameterList(function.Parameters);
        }

        if (function is { Body: null, Name: { } name } && !ambient && place is StatementPlace.Nested or StatementPlace.Label)
        {
            // Nothing can follow it; in a list of statements CheckOverloads looks.
            Report(DiagnosticCodes.ImplementationMissing, name);
        }

        CheckGenerator(function, Trivia.Skip(text, StartAfterModifiers(function, function.Modifiers) + "function".Length), function.Body is not null);
        VisitTypeParameters(function.TypeParameters, TypeParameterOwner.Function);
        VisitParameters(function.Parameters, ParameterOwner.Function, function.Body is not null, mayBeDecorated: false);
        VisitReturnType(function.Type, function.Parameters, mayBePredicate: true);
        VisitFunctionBody(function.Body);
        ambient = saved;
        thisTypeAllowed = savedThis;
    }

    /// <param name="asterisk">Offset of the <c>*</c>, when there is one.</param>
    private void CheckGenerator(Node function, int asterisk, bool hasBody)
    {
        if (function.Has(NodeFlags.Generator) && (ambient || !hasBody))
        {
            ReportToken(ambient ? DiagnosticCodes.AmbientGenerator : DiagnosticCodes.OverloadGenerator, asterisk);
        }
    }

    private void VisitFunctionBody(Block? body)
    {
        if (body is null)
        {
            return;
        }

        if (ambient)
        {
            ReportToken(DiagnosticCodes.ImplementationInAmbientContext, body.Start);
        }

        var savedOwner = memberOwner;
        memberOwner = MemberOwner.None;
        VisitBlock(body, reported: ambient);
        memberOwner = savedOwner;
    }

    private void VisitVariableStatement(VariableStatement statement)
    {
        var list = statement.DeclarationList;
        var refused = CheckModifiers(statement.Modifiers, new ModifierSite(statement, null, SyntaxKind.VariableStatement, list.VariableKind));
        var saved = ambient;
        ambient |= statement.Modifiers.Has(ModifierFlags.Declare);
        VisitVariables(list, VariablePlace.Statement, refused, isReadonly: statement.Modifiers.Has(ModifierFlags.Readonly));
        ambient = saved;
    }

    /// <param name="refused">The modifiers of the statement were reported: the list as a whole is not judged.</param>
    /// <param name="isReadonly">The misplaced modifier makes constants of them all the same.</param>
    private void VisitVariables(VariableDeclarationList list, VariablePlace where, bool refused = false, bool isReadonly = false)
    {
        if (ambient && !refused && list.VariableKind is VariableKind.Using or VariableKind.AwaitUsing)
        {
            Report(list.VariableKind == VariableKind.Using ? DiagnosticCodes.AmbientUsing : DiagnosticCodes.AmbientAwaitUsing, list);
        }

        foreach (var variable in list.Declarations)
        {
            if (ambient && where != VariablePlace.ForInOrOf && variable.Initializer is { } initializer)
            {
                CheckAmbientInitializer(initializer, isConstant: (isReadonly || list.VariableKind is not (VariableKind.Var or VariableKind.Let)) && variable.Type is null);
            }

            if (variable.Has(NodeFlags.Definite))
            {
                CheckDefiniteVariable(variable, where);
            }

            VisitBindingName(variable.Name);
            VisitVariableType(variable, list.VariableKind, where);
            VisitOptional(variable.Initializer);
        }
    }

    private void CheckDefiniteVariable(VariableDeclaration variable, VariablePlace where)
    {
        var mark = MarkAfter(variable.Name);
        if (variable.Initializer is not null)
        {
            ReportToken(DiagnosticCodes.DefiniteWithInitializer, mark);
        }
        else if (variable.Type is null)
        {
            ReportToken(DiagnosticCodes.DefiniteWithoutType, mark);
        }
        else if (where != VariablePlace.Statement || ambient)
        {
            ReportToken(DiagnosticCodes.DefiniteObjectMember, mark);
        }
    }

    private void VisitVariableType(VariableDeclaration variable, VariableKind kind, VariablePlace where)
    {
        if (variable.Type is not { } type)
        {
            return;
        }

        if (FindUniqueSymbol(type) is not { } unique)
        {
            VisitType(type);
        }
        else if (variable.Name is not Identifier)
        {
            Report(DiagnosticCodes.UniqueSymbolPattern, unique);
        }
        else if (where != VariablePlace.Statement)
        {
            Report(DiagnosticCodes.UniqueSymbolVariablePlace, unique);
        }
        else if (kind is VariableKind.Var or VariableKind.Let)
        {
            Report(DiagnosticCodes.UniqueSymbolVariableNotConst, variable.Name);
        }
    }

    /// <param name="isConstant">A constant without a type may have a literal for its type.</param>
    private bool CheckAmbientInitializer(Expression initializer, bool isConstant)
    {
        if (!isConstant)
        {
            return Report(DiagnosticCodes.InitializerNotAllowed, initializer);
        }

        return !IsLiteralInitializer(initializer) && !MayBeEnumReference(initializer) && Report(DiagnosticCodes.AmbientConstInitializer, initializer);
    }

    private static bool IsLiteralInitializer(Expression expression) => expression switch
    {
        StringLiteral => true,
        Literal literal => literal.Kind != SyntaxKind.RegularExpressionLiteral,
        PrefixUnaryExpression { Operator: TokenKind.Minus, Operand: Literal { Kind: SyntaxKind.NumericLiteral or SyntaxKind.BigIntLiteral } } => true,
        KeywordExpression { Kind: SyntaxKind.TrueKeyword or SyntaxKind.FalseKeyword } => true,
        _ => false,
    };

    /// <summary><c>E.a</c> and <c>E["a"]</c> name a member of an enum, if E is one: that is for the types to say.</summary>
    private static bool MayBeEnumReference(Expression expression) => expression switch
    {
        PropertyAccessExpression access => IsEntityName(access.Expression),
        ElementAccessExpression access => IsLiteralInitializer(access.Argument) && IsEntityName(access.Expression),
        _ => false,
    };

    /// <summary><c>a</c> or <c>a.b.c</c>.</summary>
    private static bool IsEntityName(Node expression)
    {
        while (expression is PropertyAccessExpression { Name: Identifier } access)
        {
            expression = access.Expression;
        }

        return expression is Identifier;
    }

    private void VisitBindingName(Node name)
    {
        switch (name)
        {
            case ObjectBindingPattern pattern when Enter(name):
                foreach (var element in pattern.Elements)
                {
                    VisitBindingElement(element);
                }

                depth--;
                break;
            case ArrayBindingPattern pattern when Enter(name):
                foreach (var element in pattern.Elements)
                {
                    if (element is BindingElement binding)
                    {
                        VisitBindingElement(binding);
                    }
                }

                depth--;
                break;
        }
    }

    private void VisitBindingElement(BindingElement element)
    {
        if (element.PropertyName is { } propertyName)
        {
            VisitPropertyName(propertyName);
        }

        VisitBindingName(element.Name);
        if (element.Initializer is { } initializer)
        {
            var saved = inSignatureParameter;
            if (saved)
            {
                Report(DiagnosticCodes.ParameterInitializerPlace, element.Name);
            }

            inSignatureParameter = false;
            VisitExpression(initializer);
            inSignatureParameter = saved;
        }
    }

    private void VisitInterface(InterfaceDeclaration type)
    {
        CheckModifiers(type.Modifiers, new ModifierSite(type, type.Name, SyntaxKind.InterfaceDeclaration));
        CheckNotNested(type.Name, "interface");
        CheckReservedTypeName(type.Name, DiagnosticCodes.ReservedInterfaceName);
        var saved = ambient;
        ambient |= type.Modifiers.Has(ModifierFlags.Declare);
        VisitTypeParameters(type.TypeParameters, TypeParameterOwner.InterfaceOrAlias);
        if (type.Extends is { } extends)
        {
            VisitBases(extends, DiagnosticCodes.InterfaceBase);
        }

        VisitTypeMembers(type.Members, MemberOwner.Interface);
        ambient = saved;
    }

    /// <summary>Bases of an interface and what a class implements are names.</summary>
    private void VisitBases(HeritageClause clause, int code)
    {
        foreach (var type in clause.Types)
        {
            if (!IsEntityName(type.Expression) || IsOptionalChain(type.Expression))
            {
                Report(code, type.Expression);
            }

            VisitExpression(type);
        }
    }

    private static bool IsOptionalChain(Expression expression)
    {
        while (expression is PropertyAccessExpression access)
        {
            if (access.Has(NodeFlags.QuestionDot))
            {
                return true;
            }

            expression = access.Expression;
        }

        return false;
    }

    private void VisitTypeAlias(TypeAliasDeclaration alias)
    {
        CheckModifiers(alias.Modifiers, new ModifierSite(alias, alias.Name, SyntaxKind.TypeAliasDeclaration));
        CheckNotNested(alias.Name, "type");
        CheckReservedTypeName(alias.Name, DiagnosticCodes.ReservedAliasName);
        VisitTypeParameters(alias.TypeParameters, TypeParameterOwner.InterfaceOrAlias);
        if (alias.Type is KeywordType && IsWord(alias.Type, "intrinsic"))
        {
            var isKnown = alias.TypeParameters.Length switch
            {
                0 => IsWord(alias.Name, "BuiltinIteratorReturn"),
                1 => file.GetSlice(alias.Name) is "Uppercase" or "Lowercase" or "Capitalize" or "Uncapitalize" or "NoInfer",
                _ => false,
            };
            if (!isKnown)
            {
                Report(DiagnosticCodes.IntrinsicType, alias.Type);
            }

            return;
        }

        VisitType(alias.Type);
    }

    private void CheckNotNested(Node name, string keyword)
    {
        if (place == StatementPlace.Nested)
        {
            Report(DiagnosticCodes.DeclarationNeedsBlock, name, keyword);
        }
    }

    private void CheckReservedTypeName(Identifier name, int code)
    {
        if (file.GetSlice(name) is "any" or "unknown" or "never" or "number" or "bigint" or "boolean" or "string" or "symbol" or "void" or "object" or "undefined")
        {
            Report(code, name, file.GetName(name));
        }
    }
}
