using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript;
using Kiln.TypeScript.JsDoc;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>What one declaration of a file declares, as documentation has it: docs.md §2, §3 and §5.</summary>
internal sealed class DefinitionBuilder(DocFile file)
{
    private readonly SourceFile source = file.Source;

    /// <param name="declaration">A declaration of the file.</param>
    /// <param name="ownName">Its name in the file; of a pattern it selects the binding. <c>default</c> for what has no name.</param>
    /// <param name="shownName">The name that it is documented under; what is exported with an expression or as default says its own when it differs.</param>
    /// <returns>
    /// Null for namespaces, imports and re-exports, and for <c>export default name</c>: they are the collector's. Null also for a name inside a nested pattern, which
    /// the reference does not document.
    /// </returns>
    public DocDefinition? Define(Declaration declaration, string ownName, string shownName) =>
        StackGuard.Run(guard => Define(declaration, ownName, new DeclarationReader(file, declaration.Scope, guard)));

    private DocDefinition? Define(Declaration declaration, string ownName, DeclarationReader reader)
    {
        switch (declaration.Node)
        {
            case FunctionDeclaration node: return reader.ReadFunction(node);
            case ClassDeclaration node: return reader.ReadClass(node);
            case InterfaceDeclaration node: return reader.ReadInterface(node);
            case TypeAliasDeclaration node: return reader.ReadTypeAlias(node);
            case EnumDeclaration node: return reader.ReadEnum(node);
            case VariableDeclaration node: return DefineVariable(declaration, node, ownName, reader);
            case ExpressionStatement { Expression: BinaryExpression assignment }:
                return reader.ReadValue(assignment.Right) ?? new DocVariable { Type = reader.Types.Infer(assignment.Right, isConst: true), Keyword = "const" };
            case ExportAssignment { IsExportEquals: false, Expression: not Identifier } node:
                return reader.ReadValue(node.Expression) ?? new DocVariable { Type = reader.Types.Infer(node.Expression, isConst: true), Keyword = "var" };
            default: return null;
        }
    }

    private DocDefinition? DefineVariable(Declaration declaration, VariableDeclaration node, string ownName, DeclarationReader reader)
    {
        var keyword = file.StatementOf(node).DeclarationList.VariableKind switch { VariableKind.Var => "var", VariableKind.Let => "let", _ => "const" };
        var binding = node.Name is Identifier ? null : FindBinding(node.Name, ownName);
        if (binding is null && node.Name is not Identifier)
        {
            return null;
        }

        if (node.Initializer is { } value)
        {
            if (reader.ReadValue(value) is { } definition)
            {
                return definition;
            }

            if (FindTarget(declaration.Scope, value) is { } target)
            {
                return target.Node switch
                {
                    FunctionDeclaration function => reader.ReadFunction(function),
                    ClassDeclaration @class when target.Method is null => reader.ReadClass(@class),
                    ClassDeclaration @class => reader.ReadStaticMethod(@class, target.Method),
                    _ => throw new InvalidOperationException("No other node is a target."),
                };
            }
        }

        var type = ReadWhole(declaration.Scope, node, keyword == "const", reader);
        return new DocVariable { Type = binding is null ? type : Distribute(node.Name, type, binding, ownName), Keyword = keyword };
    }

    private DocType? ReadWhole(SymbolScope scope, VariableDeclaration node, bool isConst, DeclarationReader reader) => node switch
    {
        { Type: { } written } => reader.Types.Read(written),
        { Initializer: Identifier alias } => FindWrittenType(scope, source.GetName(alias)) is { } type ? reader.Types.Read(type) : null,
        { Initializer: { } value } => reader.Types.Infer(value, isConst),
        _ => null,
    };

    /// <summary>
    /// A variable that is set to a function, a class, or a static method of a class of this file is documented as that, even when it has a type of its own.
    /// </summary>
    private (DeclarationStatement Node, MethodDeclaration? Method)? FindTarget(SymbolScope scope, Expression value)
    {
        var (name, member) = value switch
        {
            Identifier identifier => (identifier, null),
            PropertyAccessExpression { Expression: Identifier owner, Name: Identifier property } when !value.Has(NodeFlags.QuestionDot) => (owner, property),
            _ => ((Identifier?)null, (Identifier?)null),
        };
        if (name is null || FindOwn(scope, source.GetName(name)) is not { } symbol)
        {
            return null;
        }

        foreach (var declaration in symbol.Declarations)
        {
            switch (declaration.Node)
            {
                case FunctionDeclaration node when member is null: return (node, null);
                case ClassDeclaration node when member is null: return (node, null);
                case ClassDeclaration node when FindStaticMethod(node, source.GetName(member)) is { } method: return (node, method);
            }
        }

        return null;
    }

    private MethodDeclaration? FindStaticMethod(ClassDeclaration node, string name)
    {
        foreach (var member in node.Members)
        {
            if (member is MethodDeclaration { Name: Identifier or StringLiteral } method && method.Modifiers.Has(ModifierFlags.Static) && ExpressionText.OfName(source, method.Name) == name)
            {
                return method;
            }
        }

        return null;
    }

    /// <summary>A variable that is set to another takes the type that is written there.</summary>
    private static TypeNode? FindWrittenType(SymbolScope scope, string name)
    {
        if (FindOwn(scope, name) is { } symbol)
        {
            foreach (var declaration in symbol.Declarations)
            {
                if (declaration.Node is VariableDeclaration { Name: Identifier, Type: { } type })
                {
                    return type;
                }
            }
        }

        return null;
    }

    private static Symbol? FindOwn(SymbolScope? scope, string name)
    {
        for (; scope is not null; scope = scope.Parent)
        {
            if (scope.FindOwn(name) is { } symbol)
            {
                return symbol;
            }
        }

        return null;
    }

    /// <summary>The part of a pattern's type that one of its names gets.</summary>
    private DocType? Distribute(Node names, DocType? whole, BindingElement binding, string ownName)
    {
        switch (names, whole)
        {
            case (ObjectBindingPattern, DocTypeLiteral literal) when !binding.Has(NodeFlags.Rest) && binding.PropertyName is not ComputedPropertyName:
                var key = binding.PropertyName is { } property ? ExpressionText.OfName(source, property) : ownName;
                foreach (var member in literal.Members.Properties)
                {
                    if (member.Name == key)
                    {
                        return member.Type;
                    }
                }

                return null;
            case (ArrayBindingPattern, DocArrayType array): return binding.Has(NodeFlags.Rest) ? array : array.Element;
            case (ArrayBindingPattern pattern, DocTupleType tuple) when !binding.Has(NodeFlags.Rest):
                var index = Array.IndexOf(pattern.Elements, binding);
                return index < tuple.Elements.Length ? tuple.Elements[index] : null;
            default: return null;
        }
    }

    private BindingElement? FindBinding(Node pattern, string name)
    {
        var elements = pattern switch
        {
            ObjectBindingPattern it => it.Elements,
            ArrayBindingPattern it => it.Elements,
            _ => (Node[])[],
        };
        foreach (var element in elements)
        {
            if (element is BindingElement { Name: Identifier identifier } binding && source.GetName(identifier) == name)
            {
                return binding;
            }
        }

        return null;
    }

    /// <summary>Where a declaration is said to stand: docs.md §4.</summary>
    public DocLocation Locate(Declaration declaration, string ownName) => file.Locate(FindStart(declaration, ownName));

    private int FindStart(Declaration declaration, string ownName)
    {
        switch (declaration.Node)
        {
            case VariableDeclaration { Name: Identifier name }: return name.Start;
            case VariableDeclaration variable: return FindBinding(variable.Name, ownName)?.Name.Start ?? variable.Start;
            case ExpressionStatement { Expression: BinaryExpression { Left: PropertyAccessExpression access } }: return access.Name.Start;
            case ExpressionStatement { Expression: BinaryExpression { Left: ElementAccessExpression access } }: return source.Text.IndexOf('[', access.Expression.End);
            case ModuleDeclaration { Name: Identifier name } module when source.GetName(name) != ownName: return StatementPlace.BehindExport(source, module);
            case DeclarationStatement statement: return StatementPlace.OfExport(source, statement.Start, statement.Modifiers);
            default: return declaration.Node.Start;
        }
    }

    public DocComment? CommentOf(Declaration declaration, string ownName)
    {
        switch (declaration.Node)
        {
            case VariableDeclaration { Name: Identifier } variable:
                return file.CommentAt(file.StatementOf(variable).Start) ?? (variable.Initializer is { } value && FindTarget(declaration.Scope, value) is { } target ? CommentOf(target) : null);
            case VariableDeclaration: return file.CommentAt(FindStart(declaration, ownName));
            case ClassDeclaration node when node.Modifiers.Decorators.Length > 0 && node.Modifiers.Has(ModifierFlags.Default):
                return file.CommentAt(FindStart(declaration, ownName)) ?? file.CommentAt(node.Start);
            case ModuleDeclaration { Name: Identifier name } module when source.GetName(name) != ownName: return file.CommentAt(StatementPlace.BehindExport(source, module));
            default: return file.CommentAt(declaration.Node.Start);
        }
    }

    /// <remarks>The reference looks behind an <c>export</c>, where there is no comment.</remarks>
    private DocComment? CommentOf((DeclarationStatement Node, MethodDeclaration? Method) target) =>
        file.CommentAt(target.Method?.Start ?? StatementPlace.BehindExport(source, target.Node)) is { } comment && !comment.Has(JsDocTagKind.Ignore) ? comment : null;
}
