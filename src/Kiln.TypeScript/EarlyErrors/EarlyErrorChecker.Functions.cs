using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Functions and their parameters (ECMA-262 §15.1 to §15.9), and the containers that TypeScript compiles to functions.</content>
internal sealed partial class EarlyErrorChecker
{
    private const CheckContext KeptByArrow = CheckContext.Strict | CheckContext.NewTarget | CheckContext.SuperProperty | CheckContext.SuperCall | CheckContext.NoArguments;

    [Flags]
    private enum FunctionShape
    {
        Plain = 0,
        Async = 1,
        Generator = 2,
        Arrow = 4,

        /// <summary>A method, accessor or constructor: <c>super.x</c> means something, and no two parameters may have one name.</summary>
        Method = 8,

        /// <summary>The constructor of a class with a heritage: <c>super()</c> too.</summary>
        DerivedConstructor = 16,
    }

    private static FunctionShape ShapeOf(Node function) =>
        (function.Has(NodeFlags.Async) ? FunctionShape.Async : 0) | (function.Has(NodeFlags.Generator) ? FunctionShape.Generator : 0);

    private void VisitFunctionDeclaration(FunctionDeclaration function)
    {
        if (function.Body is null)
        {
            return; // an overload
        }

        if (function.Name is { } name)
        {
            // At the top of a function or script it is a variable, elsewhere it belongs to its block or module.
            if (bindings.IsFunctionScope && !(bindings.Current == 0 && isModule))
            {
                DeclareVariable(name);
            }
            else
            {
                DeclareLexical(name, function.Has(NodeFlags.Async | NodeFlags.Generator) ? BindingKind.SpecialFunction : BindingKind.Function);
            }
        }

        VisitFunction(function, function.Name, function.Parameters, function.Body, ShapeOf(function));
    }

    /// <param name="name">Checked by the rules of the function's own code, because its strictness reaches its name.</param>
    /// <param name="body">A block, or the expression of an arrow function.</param>
    private void VisitFunction(Node function, Identifier? name, Parameter[] parameters, Node body, FunctionShape shape)
    {
        if (!Enter(function))
        {
            return;
        }

        var saved = context;
        var outerLabels = labels.EnterFunction();
        var isArrow = (shape & FunctionShape.Arrow) != 0;
        var inner = isArrow ? context & KeptByArrow : (context & CheckContext.Strict) | CheckContext.NewTarget;
        if ((shape & FunctionShape.Method) != 0)
        {
            inner |= CheckContext.SuperProperty;
        }

        if ((shape & FunctionShape.DerivedConstructor) != 0)
        {
            inner |= CheckContext.SuperCall;
        }

        var isSimple = IsSimple(parameters);
        if (body is Block block && HasUseStrict(block.Statements, out var directive))
        {
            inner |= CheckContext.Strict;
            if (!isSimple)
            {
                Report(DiagnosticCodes.UseStrictWithParameters, directive!);
            }
        }

        // A function expression's name obeys the function's own kind; a declaration's obeys what surrounds it and was checked there.
        if (name is not null)
        {
            context = function is FunctionExpression ? inner | AwaitAndYieldOf(shape) : (inner & CheckContext.Strict) | (context & ~CheckContext.Strict);
            CheckName(name, NameUse.Binding);
        }

        bindings.Enter(function.Start, isFunction: true);
        context = inner | ParameterContext(saved, shape);
        VisitParameters(parameters, mayRepeat: isSimple && !isArrow && (shape & FunctionShape.Method) == 0 && (inner & CheckContext.Strict) == 0);
        context = inner | AwaitAndYieldOf(shape);
        if (body is Block statements)
        {
            context |= CheckContext.Return;
            VisitStatements(statements.Statements);
        }
        else
        {
            VisitExpression(body as Expression);
        }

        bindings.Leave();
        labels.LeaveFunction(outerLabels);
        context = saved;
        depth--;
    }

    private CheckContext AwaitAndYieldOf(FunctionShape shape) =>
        ((shape & FunctionShape.Async) != 0 ? CheckContext.Await : 0) | ((shape & FunctionShape.Generator) != 0 ? CheckContext.Yield : 0)
        | (isModule && (shape & FunctionShape.Async) == 0 ? CheckContext.NoAwaitExpression | CheckContext.Await : 0);

    /// <summary>In parameters the function's own <c>await</c> and <c>yield</c> are reserved and useless; an arrow function's obey what surrounds it too.</summary>
    private CheckContext ParameterContext(CheckContext outer, FunctionShape shape)
    {
        var result = CheckContext.None;
        if ((shape & FunctionShape.Async) != 0 || isModule)
        {
            result |= CheckContext.Await | CheckContext.NoAwaitExpression;
        }

        if ((shape & FunctionShape.Generator) != 0)
        {
            result |= CheckContext.Yield | CheckContext.NoYieldExpression;
        }

        if ((shape & FunctionShape.Arrow) != 0)
        {
            result |= (outer & (CheckContext.Await | CheckContext.NoAwaitExpression)) != 0 ? CheckContext.Await | CheckContext.NoAwaitExpression : 0;
            result |= (outer & CheckContext.Yield) != 0 ? CheckContext.Yield | CheckContext.NoYieldExpression : 0;
        }

        return result;
    }

    private static bool IsSimple(Parameter[] parameters)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.Name is not Identifier || parameter.Initializer is not null || parameter.Has(NodeFlags.Rest))
            {
                return false;
            }
        }

        return true;
    }

    private void VisitParameters(Parameter[] parameters, bool mayRepeat)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = parameters[i];
            VisitDecorators(parameter.Modifiers);
            if (parameter.Name is Identifier { Length: 4 } self && Slice(self) is "this" && isTypeScript)
            {
                continue;
            }

            if (parameter.Has(NodeFlags.Rest))
            {
                if (i < parameters.Length - 1)
                {
                    Report(DiagnosticCodes.RestMustBeLast, parameter.Start, parameter.Start + 3);
                }
                else if (parameter.Has(NodeFlags.TrailingComma))
                {
                    Report(DiagnosticCodes.RestTrailingComma, parameter);
                }

                if (parameter.Initializer is not null)
                {
                    Report(DiagnosticCodes.RestParameterInitializer, parameter.Name);
                }
            }

            parametersMayRepeat = mayRepeat;
            VisitBinding(parameter.Name, BindingUse.Parameter);
            VisitExpression(parameter.Initializer);
        }
    }

    private void DeclareParameter(Identifier name)
    {
        CheckName(name, NameUse.Binding);
        if (name.Has(NodeFlags.Missing))
        {
            return;
        }

        var number = NumberOf(name);
        if (!parametersMayRepeat && bindings.IsVariableOfFunction(number))
        {
            Report(DiagnosticCodes.DuplicateIdentifier, name, NameOf(name).ToString());
        }

        bindings.DeclareVariable(number, name.Start);
    }

    // TypeScript's containers.

    /// <summary>It becomes a function that is called at once: <c>await</c>, <c>yield</c> and <c>super</c> of what is around it do not reach inside.</summary>
    private void VisitEnum(EnumDeclaration declaration)
    {
        var saved = context;
        var reservesAwait = (context & (CheckContext.Await | CheckContext.NoAwaitExpression)) != 0;
        context = (context & (CheckContext.Strict | CheckContext.NewTarget)) | (reservesAwait ? CheckContext.Await | CheckContext.NoAwaitExpression : 0);
        foreach (var member in declaration.Members)
        {
            if (member.Name is ComputedPropertyName computed)
            {
                VisitExpression(computed.Expression);
            }

            VisitExpression(member.Initializer);
        }

        context = saved;
    }

    private void VisitNamespace(ModuleDeclaration declaration)
    {
        if (declaration.Name is not Identifier name || declaration.IsGlobal || !HasValues(declaration))
        {
            return;
        }

        DeclareLexical(name, BindingKind.Namespace);
        NoteExports(declaration);
        var body = declaration.Body;
        while (body is ModuleDeclaration nested)
        {
            body = nested.Body;
        }

        if (body is not ModuleBlock block)
        {
            return;
        }

        // It becomes the body of a function that is called at once.
        var saved = context;
        var outerLabels = labels.EnterFunction();
        context &= CheckContext.Strict;
        bindings.Enter(block.Start, isFunction: true);
        VisitStatements(block.Statements);
        bindings.Leave();
        labels.LeaveFunction(outerLabels);
        context = saved;
    }

    /// <summary>Something in the namespace exists at run time.</summary>
    private static bool HasValues(ModuleDeclaration declaration)
    {
        Statement? body = declaration;
        while (body is ModuleDeclaration nested)
        {
            body = nested.Body;
        }

        if (body is not ModuleBlock block)
        {
            return false;
        }

        var pending = new Stack<ModuleBlock>();
        pending.Push(block);
        while (pending.TryPop(out var current))
        {
            foreach (var statement in current.Statements)
            {
                switch (statement)
                {
                    case InterfaceDeclaration or TypeAliasDeclaration:
                    case ImportDeclaration or ImportEqualsDeclaration or ExportDeclaration:
                    case not null when statement.Has(NodeFlags.Ambient):
                        continue;
                    case ModuleDeclaration inner:
                        Statement? innerBody = inner;
                        while (innerBody is ModuleDeclaration next)
                        {
                            innerBody = next.Body;
                        }

                        if (innerBody is ModuleBlock innerBlock)
                        {
                            pending.Push(innerBlock);
                        }

                        continue;
                    default:
                        return true;
                }
            }
        }

        return false;
    }
}
