using Kiln.Analysis.Docs.Collection;
using Kiln.Analysis.Docs.Definitions;
using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Lint;

/// <summary>From the place of a declaration to its name, which is what a problem points at: the model has only where declarations start.</summary>
internal sealed class NamePlaces(IEnumerable<CollectedModule> modules)
{
    private readonly Dictionary<string, CollectedModule> bySpecifier = modules.ToDictionary(m => m.File.Specifier, StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<int, TextMark>> marks = new(StringComparer.Ordinal);

    /// <summary>The name of what stands at the place, when it is a word; else the place itself.</summary>
    public LintPlace? Find(DocLocation location)
    {
        if (!bySpecifier.TryGetValue(location.FileName, out var module))
        {
            return null;
        }

        if (!marks.TryGetValue(location.FileName, out var names))
        {
            marks.Add(location.FileName, names = Collect(module.File.Source));
        }

        var start = module.File.PositionOf(location);
        var mark = names.GetValueOrDefault(start, new TextMark(start, start));
        return new LintPlace(module.Entry.Path, mark.Start, mark.End);
    }

    private readonly record struct TextMark(int Start, int End);

    private static Dictionary<int, TextMark> Collect(SourceFile file)
    {
        var names = new Dictionary<int, TextMark>();
        var open = new NodeStack();
        open.PushAll(file.Statements);
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case VariableStatement statement:
                    foreach (var variable in statement.DeclarationList.Declarations)
                    {
                        AddBindings(variable.Name);
                        if (variable.Initializer is ClassExpression value)
                        {
                            AddMembers(value.Members);
                        }
                    }

                    break;
                case FunctionDeclaration it:
                    AddStatement(it, it.Name);
                    break;
                case ClassDeclaration it:
                    AddStatement(it, it.Name);
                    AddMembers(it.Members);
                    break;
                case InterfaceDeclaration it:
                    AddStatement(it, it.Name);
                    AddMembers(it.Members);
                    break;
                case TypeAliasDeclaration it:
                    AddStatement(it, it.Name);
                    break;
                case EnumDeclaration it:
                    AddStatement(it, it.Name);
                    break;
                case ModuleDeclaration it:
                    AddStatement(it, it.Name);
                    var body = it.Body;
                    while (body is ModuleDeclaration inner)
                    {
                        // All inner parts of a dotted name stand where the first begins.
                        names.TryAdd(StatementPlace.BehindExport(file, it), Mark(inner.Name));
                        body = inner.Body;
                    }

                    open.PushOptional(body);
                    break;
                case ModuleBlock block:
                    open.PushAll(block.Statements);
                    break;
                case ExportAssignment it:
                    names.TryAdd(it.Start, FirstName(it.Expression) is { } first ? Mark(first) : new TextMark(it.Start, it.Start));
                    break;
                case ExpressionStatement { Expression: BinaryExpression { Left: PropertyAccessExpression access } }:
                    names.TryAdd(access.Name.Start, Mark(access.Name));
                    break;
            }
        }

        return names;

        void AddStatement(DeclarationStatement statement, Node? name)
        {
            var start = StatementPlace.OfExport(file, statement.Start, statement.Modifiers);
            names.TryAdd(start, name is null ? new TextMark(start, start) : Mark(name));
        }

        void AddBindings(Node name)
        {
            foreach (var element in name switch { ObjectBindingPattern it => it.Elements, ArrayBindingPattern it => it.Elements, _ => (Node[])[name] })
            {
                if ((element as Identifier ?? (element as BindingElement)?.Name as Identifier) is { } identifier)
                {
                    names.TryAdd(identifier.Start, Mark(identifier));
                }
            }
        }

        void AddMembers(Node[] members)
        {
            foreach (var member in members)
            {
                var name = member switch
                {
                    PropertyDeclaration it => it.Name,
                    MethodDeclaration it => it.Name,
                    AccessorDeclaration it => it.Name,
                    PropertySignature it => it.Name,
                    MethodSignature it => it.Name,
                    _ => null,
                };
                if (name is Identifier)
                {
                    names.TryAdd(member.Start, Mark(name));
                }
                else if (member is ConstructorDeclaration { Modifiers: { Flags: not ModifierFlags.None, End: var keyword } })
                {
                    names.TryAdd(member.Start, new TextMark(keyword, keyword + "constructor".Length));
                }
            }
        }
    }

    private static TextMark Mark(Node name) => new(name.Start, name.End);

    /// <summary>The word that an expression begins with.</summary>
    private static Identifier? FirstName(Node? expression)
    {
        while (true)
        {
            switch (expression)
            {
                case Identifier name: return name;
                case CallExpression it: expression = it.Expression; break;
                case NewExpression it: expression = it.Expression; break;
                case PropertyAccessExpression it: expression = it.Expression; break;
                case ElementAccessExpression it: expression = it.Expression; break;
                case BinaryExpression it: expression = it.Left; break;
                case ConditionalExpression it: expression = it.Condition; break;
                case AssertionExpression { Kind: not SyntaxKind.TypeAssertion } it: expression = it.Expression; break;
                case NonNullExpression it: expression = it.Expression; break;
                case AwaitExpression it: expression = it.Expression; break;
                case PrefixUnaryExpression it: expression = it.Operand; break;
                case ArrowFunction { Parameters: [{ Name: Identifier only } parameter] } it when parameter.Start == it.Start: return only;
                default: return null;
            }
        }
    }
}
