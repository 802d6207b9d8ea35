using Kiln.TypeScript.Tree;
using static Kiln.Analysis.Emit.JavaScriptText;

namespace Kiln.Analysis.Emit;

/// <summary>Class bodies: parameter properties, auto-accessors, and what decorators plan.</summary>
internal sealed partial class FileEmitter
{
    private Dictionary<Node, DecoratedClass> DecoratedClasses => field ??= [];
    private Dictionary<Node, DecoratedMember> DecoratedMembers => field ??= [];
    private Dictionary<Node, (DecoratedClass? Class, string Storage, string? Owner, string? Key)> AccessorFields => field ??= [];
    private Dictionary<Node, string> ContextualNames => field ??= [];
    private List<string> FileVariables => field ??= [];

    private static Member? AsMember(Node node) => node as Member;

    private void PlanClass(ClassParts parts)
    {
        PlanMembers(parts.Members, parts.BodyStart, parts.Node.End);
        if (!file.NeedsTransform)
        {
            return;
        }

        var memberDecorators = false;
        var accessors = false;
        foreach (var node in parts.Members)
        {
            if (AsMember(node) is { } member && !IsErased(member))
            {
                memberDecorators |= member.Modifiers.Decorators.Length > 0;
                accessors |= member.Modifiers.Has(ModifierFlags.Accessor);
            }

            if (node is ConstructorDeclaration { Body: not null } constructor)
            {
                PlanParameterProperties(parts, constructor);
            }
        }

        if (!Lowers)
        {
            return;
        }

        if (memberDecorators || parts.Modifiers.Decorators.Length > 0)
        {
            PlanDecorators(parts, memberDecorators);
        }
        else if (accessors)
        {
            foreach (var node in parts.Members)
            {
                if (node is PropertyDeclaration field && field.Modifiers.Has(ModifierFlags.Accessor) && !IsErased(field))
                {
                    PlanAccessorField(field, null, parts.Name is { } name ? file.GetName(name) : null, null);
                }
            }
        }
    }

    // Parameter properties.

    private void PlanParameterProperties(ClassParts parts, ConstructorDeclaration constructor)
    {
        var names = new List<string>();
        foreach (var parameter in constructor.Parameters)
        {
            if (parameter.Modifiers.Has(ModifierFlags.ParameterProperty) && parameter.Name is Identifier name)
            {
                names.Add(file.GetName(name));
            }
        }

        if (names.Count == 0)
        {
            return;
        }

        var position = parts.BodyStart + 1;
        Before(position, position, string.Concat(names.Select(name => $" {name};")));

        var body = constructor.Body!;
        var assignments = names.Select(name => $"this.{name} = {name}").ToList();
        if (parts.Extends is null)
        {
            var start = body.Start + 1;
            Statement? directive = null;
            foreach (var statement in body.Statements)
            {
                if (statement is not ExpressionStatement { Expression: StringLiteral })
                {
                    break;
                }

                directive = statement;
            }

            var statements = string.Concat(assignments.Select(a => $" {a};"));
            if (directive is not null)
            {
                After(directive, (text[directive.End - 1] == ';' ? "" : ";") + statements);
            }
            else
            {
                Before(start, start, statements);
            }

            return;
        }

        foreach (var statement in body.Statements)
        {
            if (statement is ExpressionStatement { Expression: CallExpression { Expression.Kind: SyntaxKind.SuperKeyword } } call)
            {
                After(call, (text[call.End - 1] == ';' ? "" : ";") + string.Concat(assignments.Select(a => $" {a};")));
                return;
            }
        }

        // `super()` inside other code: the assignments follow it as part of the expression, whose value stays `this`.
        var calls = new List<CallExpression>();
        var finder = new SuperCallFinder(calls);
        TreeWalker.Walk(body, types: false, ref finder);
        foreach (var parameter in constructor.Parameters)
        {
            TreeWalker.Walk(parameter, types: false, ref finder);
        }

        var behind = $", {string.Join(", ", assignments)}, this)";
        foreach (var call in calls)
        {
            Before(call, "(");
            After(call, behind);
        }
    }

    private readonly struct SuperCallFinder(List<CallExpression> calls) : ITreeVisitor
    {
        public bool Enter(Node node)
        {
            if (node is CallExpression { Expression.Kind: SyntaxKind.SuperKeyword } call)
            {
                calls.Add(call);
            }

            return node is not (FunctionExpression or FunctionDeclaration or ClassDeclaration or ClassExpression or MethodDeclaration or AccessorDeclaration);
        }
    }

    // Auto-accessors.

    private string PlanAccessorField(PropertyDeclaration field, DecoratedClass? decorated, string? owner, string? key)
    {
        var storage = "#" + Fresh("_accessor");
        if (decorated is null && field.Name is ComputedPropertyName)
        {
            key = Fresh("_key");
            FileVariables.Add(key);
        }

        AccessorFields[field] = (decorated, storage, owner, key);
        Transform(field);
        return storage;
    }

    private void EmitAccessorField(PropertyDeclaration field)
    {
        var (decorated, storage, owner, key) = AccessorFields[field];
        var member = decorated is null ? null : DecoratedMembers.GetValueOrDefault(field);
        var prefix = field.Modifiers.Has(ModifierFlags.Static) ? "static " : "";
        var target = prefix.Length == 0 ? "this" : decorated is null ? owner ?? "this" : decorated.Original ?? "this";
        writer.Write($"{prefix}{storage}");
        if (member is { IsDecorated: true })
        {
            writer.Write($" = {Helper(HelperKind.RunInitializers)}({Receiver(decorated!, member)}, {member.Initializers}, ");
            if (field.Initializer is null)
            {
                writer.Write("void 0");
            }
            else
            {
                EmitNamed(field.Initializer, member.PrivateName is null ? member.NameText : Quote(member.PrivateName));
            }

            writer.Write(")");
        }
        else if (field.Initializer is not null)
        {
            writer.Write(" = ");
            Emit(field.Initializer);
        }

        writer.Write("; ");
        if (member is { IsDecorated: true })
        {
            EmitExtra(decorated!, member);
        }

        if (member is { IsDecorated: true, PrivateName: { } privateName })
        {
            writer.Write($"{prefix}get {privateName}() {{ return {member.Descriptor}.get.call(this); }} ");
            writer.Write($"{prefix}set {privateName}(value) {{ return {member.Descriptor}.set.call(this, value); }}");
            return;
        }

        writer.Write(prefix + "get ");
        if (key is not null && decorated is null)
        {
            writer.Write($"[{key} = ");
            Emit(((ComputedPropertyName)field.Name).Expression);
            writer.Write("]");
        }
        else
        {
            EmitKey(field.Name, key);
        }

        writer.Write($"() {{ return {target}.{storage}; }} {prefix}set ");
        EmitKey(field.Name, key);
        writer.Write($"(value) {{ {target}.{storage} = value; }}");
    }

    private void EmitKey(Node name, string? key) => writer.Write(key is not null ? $"[{key}]" : Slice(name));

    // Anonymous classes get their name from where they stand; a decorated one is no longer there.

    private void NameAnonymousClass(Node name, Expression? value)
    {
        if (!file.NeedsTransform || value is null)
        {
            return;
        }

        while (value is ParenthesizedExpression or AssertionExpression or NonNullExpression)
        {
            value = value switch
            {
                ParenthesizedExpression n => n.Expression,
                AssertionExpression n => n.Expression,
                NonNullExpression n => n.Expression,
                _ => value,
            };
        }

        if (value is ClassExpression { Name: null } anonymous)
        {
            var text = name switch
            {
                Identifier id => file.GetName(id),
                StringLiteral literal => file.GetStringValue(literal),
                PrivateIdentifier id => Slice(id),
                _ => null,
            };
            if (text is not null)
            {
                ContextualNames[anonymous] = text;
            }
        }
    }

    private void NameAnonymousClass(string name, Expression value)
    {
        if (value is ClassExpression { Name: null })
        {
            ContextualNames[value] = name;
        }
    }
}
