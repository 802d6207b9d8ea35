using Kiln.Analysis.Binding;
using Kiln.TypeScript.Tree;
using static Kiln.Analysis.Emit.JavaScriptText;

namespace Kiln.Analysis.Emit;

/// <summary>
/// TC39 decorators. A decorated class becomes the value of a function that evaluates, in source order, class decorators, heritage, member
/// decorators and computed names; a static block then applies them: static methods and accessors, instance ones, static fields, instance
/// fields, the class. Extra initialisers of fields run in private fields behind them, so that constructors stay as written.
/// </summary>
internal sealed partial class FileEmitter
{
    private void PlanDecorators(ClassParts parts, bool memberDecorators)
    {
        var decorated = new DecoratedClass { Metadata = Fresh("_metadata") };
        DecoratedClasses[parts.Node] = decorated;
        if (parts.Modifiers.Decorators.Length > 0)
        {
            decorated.Decorators = Fresh("_classDecorators");
            decorated.Initializers = Fresh("_classInitializers");
            decorated.Self = Fresh("_self");
            PlanStaticThis(parts, decorated.Self);
        }

        if (parts.Extends is not null)
        {
            decorated.Base = Fresh("_base");
        }

        foreach (var node in parts.Members)
        {
            if (node is Member member && !IsErased(member) && node is not (ConstructorDeclaration or ClassStaticBlock))
            {
                PlanDecoratedMember(decorated, member, memberDecorators);
            }
        }

        Transform(parts.Node);
    }

    private void PlanDecoratedMember(DecoratedClass decorated, Member node, bool hoistNames)
    {
        var (kind, name) = node switch
        {
            MethodDeclaration n => ("method", n.Name),
            AccessorDeclaration n => (n.Kind == SyntaxKind.GetAccessor ? "getter" : "setter", n.Name),
            PropertyDeclaration n => (n.Modifiers.Has(ModifierFlags.Accessor) ? "accessor" : "field", n.Name),
            _ => ("", null),
        };
        if (name is null)
        {
            return;
        }

        var member = new DecoratedMember(node, kind);
        if (name is ComputedPropertyName && (hoistNames || kind == "accessor"))
        {
            member.Key = Fresh("_key");
        }

        if (member.Key is null && !member.IsDecorated && kind != "accessor")
        {
            return;
        }

        DecoratedMembers[node] = member;
        decorated.Members.Add(member);
        member.PrivateName = name is PrivateIdentifier ? Slice(name) : null;
        member.NameText = member.Key ?? (Bindings.MemberName(file, name) is { } plain ? Quote(plain)
            : name is Literal { Kind: SyntaxKind.NumericLiteral } number && EnumEvaluator.ParseNumber(file.GetSlice(number)) is { } value ? Quote(Number(value))
            : Quote(Slice(name)));
        if (member.Key is not null && kind != "accessor")
        {
            Replace(name.Start, name.End, $"[{member.Key}]");
        }

        if (kind == "accessor")
        {
            if (member.IsStatic && decorated.Self is not null)
            {
                decorated.Original ??= Fresh("_original");
            }

            member.Storage = PlanAccessorField((PropertyDeclaration)node, decorated, null, member.Key);
        }

        if (!member.IsDecorated)
        {
            return;
        }

        member.Decorators = Fresh("_decorators");
        foreach (var decorator in node.Modifiers.Decorators)
        {
            Delete(decorator.Start, SkipTrivia(decorator.End));
        }

        if (member.PrivateName is not null && kind != "field")
        {
            member.Descriptor = Fresh("_descriptor");
            if (kind != "accessor")
            {
                Transform(node);
            }
        }

        if (kind is "field" or "accessor")
        {
            member.Initializers = Fresh("_initializers");
            member.ExtraInitializers = Fresh("_extraInitializers");
            if (kind == "field")
            {
                PlanDecoratedField(decorated, member, (PropertyDeclaration)node);
            }
        }
        else if (member.IsStatic)
        {
            decorated.StaticInitializers ??= Fresh("_staticInitializers");
        }
        else
        {
            decorated.InstanceInitializers ??= Fresh("_instanceInitializers");
        }
    }

    private void PlanDecoratedField(DecoratedClass decorated, DecoratedMember member, PropertyDeclaration field)
    {
        var run = $"{Helper(HelperKind.RunInitializers)}({Receiver(decorated, member)}, {member.Initializers}";
        if (field.Initializer is { } initializer)
        {
            var named = IsAnonymousFunction(initializer);
            var key = member.PrivateName is null ? member.NameText : Quote(member.PrivateName);
            Before(initializer, named ? $"{run}, {{ [{key}]: " : $"{run}, ");
            After(initializer, named ? $" }}[{key}])" : ")");
        }
        else
        {
            After(field.Name, $" = {run}, void 0)");
        }

        After(field, (text[field.End - 1] == ';' ? " " : "; ") + Extra(decorated, member));
    }

    private static bool IsAnonymousFunction(Expression value)
    {
        while (true)
        {
            switch (value)
            {
                case ParenthesizedExpression n: value = n.Expression; continue;
                case AssertionExpression n: value = n.Expression; continue;
                case NonNullExpression n: value = n.Expression; continue;
                default: return value is ArrowFunction or FunctionExpression { Name: null } or ClassExpression { Name: null };
            }
        }
    }

    private void EmitNamed(Expression value, string key)
    {
        var named = IsAnonymousFunction(value);
        writer.Write(named ? $"{{ [{key}]: " : "");
        Emit(value);
        writer.Write(named ? $" }}[{key}]" : "");
    }

    private static string Receiver(DecoratedClass decorated, DecoratedMember member) => member.IsStatic ? decorated.Self ?? "this" : "this";

    /// <summary>Runs a field's <c>addInitializer</c> callbacks right behind it.</summary>
    private string Extra(DecoratedClass decorated, DecoratedMember member) => member.IsStatic
        ? $"static {{ {Helper(HelperKind.RunInitializers)}({Receiver(decorated, member)}, {member.ExtraInitializers}); }}"
        : $"#{Fresh("_run")} = {Helper(HelperKind.RunInitializers)}(this, {member.ExtraInitializers});";

    private void EmitExtra(DecoratedClass decorated, DecoratedMember member) => writer.Write(Extra(decorated, member) + " ");

    /// <summary>In static initialisers of a decorated class, <c>this</c> is what the decorators returned.</summary>
    private void PlanStaticThis(ClassParts parts, string self)
    {
        var finder = new ThisFinder([]);
        foreach (var node in parts.Members)
        {
            switch (node)
            {
                case PropertyDeclaration { Initializer: { } initializer } field when field.Modifiers.Has(ModifierFlags.Static):
                    TreeWalker.Walk(initializer, types: false, ref finder);
                    break;
                case ClassStaticBlock block:
                    TreeWalker.Walk(block.Body, types: false, ref finder);
                    break;
            }
        }

        foreach (var node in finder.Found)
        {
            Replace(node.Start, node.End, self);
        }
    }

    private readonly struct ThisFinder(List<Node> found) : ITreeVisitor
    {
        public List<Node> Found => found;

        public bool Enter(Node node)
        {
            if (node.Kind == SyntaxKind.ThisKeyword)
            {
                found.Add(node);
            }

            // Computed names and heritage of inner classes would see this `this` too; they are rare enough to leave.
            return node is not (FunctionExpression or FunctionDeclaration or ClassDeclaration or ClassExpression or MethodDeclaration or AccessorDeclaration);
        }
    }

    private struct SuspensionFinder : ITreeVisitor
    {
        public bool Await { get; private set; }
        public bool Yield { get; private set; }

        public bool Enter(Node node)
        {
            Await |= node is AwaitExpression;
            Yield |= node is YieldExpression;
            return node is not (FunctionExpression or FunctionDeclaration or ArrowFunction or ClassDeclaration or ClassExpression or MethodDeclaration or AccessorDeclaration);
        }
    }

    // Emission.

    private void EmitDecoratedDeclaration(ClassDeclaration n)
    {
        var parts = new ClassParts(n);
        var name = n.Name is null ? null : file.GetName(n.Name);
        var exported = n.Modifiers.Has(ModifierFlags.Export);
        var isDefault = n.Modifiers.Has(ModifierFlags.Default);
        if (name is null)
        {
            ContextualNames[n] = "default";
            writer.Write("export default ");
            EmitDecoratedClass(parts);
            writer.Write(";");
            return;
        }

        writer.Write($"let {name} = ");
        EmitDecoratedClass(parts);
        writer.Write(";");
        if (exported && !IsInNamespace(n))
        {
            writer.Write($" export {{ {name}{(isDefault ? " as default" : "")} }};");
        }
    }

    private bool IsInNamespace(ClassDeclaration n)
    {
        int low = 0, high = file.Statements.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (file.Statements[middle].Start < n.Start)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == file.Statements.Length || !ReferenceEquals(file.Statements[low], n);
    }

    private void EmitDecoratedExpression(ClassExpression n)
    {
        writer.Write("(");
        EmitDecoratedClass(new ClassParts(n));
        writer.Write(")");
    }

    private void EmitDecoratedClass(ClassParts parts)
    {
        var decorated = DecoratedClasses[parts.Node];
        var suspension = FindSuspension(parts, decorated);
        writer.Write(suspension.Yield ? "(yield* (function* () {" : suspension.Await ? "(await (async () => {" : "(() => {");

        // 1. Evaluate decorators, heritage and computed names in source order.
        if (decorated.Decorators is not null)
        {
            writer.Write($" let {decorated.Decorators} = ");
            EmitDecoratorList(parts.Modifiers.Decorators);
            writer.Write($", {decorated.Initializers} = [], {decorated.Self}");
            writer.Write(decorated.Original is null ? ";" : $", {decorated.Original};");
        }

        if (decorated.Base is not null)
        {
            writer.Write($" let {decorated.Base} = ");
            Emit(parts.Extends!.Types[0].Expression);
            writer.Write(";");
        }

        // Decorators and names of members come before the text around them.
        var keepsLines = writer.KeepsLines;
        writer.KeepsLines = false;
        EmitMemberPreparation(decorated);

        // 2. The class.
        var name = parts.Name is null ? null : file.GetName(parts.Name);
        var context = ContextualNames.GetValueOrDefault(parts.Node);
        if (decorated.Self is not null)
        {
            writer.Write(name is not null ? $" var {name}; {name} = class" : context is not null ? $" ({{ [{Quote(context)}]: class" : $" (class");
        }
        else
        {
            writer.Write(name is not null ? $" let {name} = class {name}" : context is not null ? $" return {{ [{Quote(context)}]: class" : $" return class");
        }

        writer.Write(decorated.Base is null ? " {" : $" extends {decorated.Base} {{");
        EmitApplication(parts, decorated, name);
        writer.KeepsLines = keepsLines;
        EmitRange(parts.BodyStart + 1, parts.Node.End - 1);
        if (decorated.Self is not null)
        {
            // The last field may lack its semicolon.
            writer.Write($"; static {{ {Helper(HelperKind.RunInitializers)}({decorated.Self}, {decorated.Initializers}); }}");
        }

        writer.Write(" }");
        if (decorated.Self is not null)
        {
            writer.Write(name is not null ? $"; return {name} = {decorated.Self};" : context is not null ? $" }}); return {decorated.Self};" : $"); return {decorated.Self};");
        }
        else
        {
            writer.Write(name is not null ? $"; return {name};" : context is not null ? $" }}[{Quote(context)}];" : ";");
        }

        writer.Write(" }");
        writer.Write(suspension.Yield ? ").call(this))" : suspension.Await ? ")())" : ")()");
    }

    private static SuspensionFinder FindSuspension(ClassParts parts, DecoratedClass decorated)
    {
        var finder = new SuspensionFinder();
        foreach (var decorator in parts.Modifiers.Decorators)
        {
            TreeWalker.Walk(decorator, types: false, ref finder);
        }

        if (parts.Extends is not null)
        {
            TreeWalker.Walk(parts.Extends, types: false, ref finder);
        }

        foreach (var member in decorated.Members)
        {
            foreach (var decorator in member.Node.Modifiers.Decorators)
            {
                TreeWalker.Walk(decorator, types: false, ref finder);
            }

            if (member.Key is not null)
            {
                TreeWalker.Walk(ComputedName(member)!, types: false, ref finder);
            }
        }

        return finder;
    }

    private void EmitDecoratorList(Decorator[] decorators)
    {
        writer.Write("[");
        for (var i = 0; i < decorators.Length; i++)
        {
            writer.Write(i > 0 ? ", " : "");
            Emit(decorators[i].Expression);
        }

        writer.Write("]");
    }

    private void EmitMemberPreparation(DecoratedClass decorated)
    {
        if (decorated.StaticInitializers is not null)
        {
            writer.Write($" let {decorated.StaticInitializers} = [];");
        }

        if (decorated.InstanceInitializers is not null)
        {
            writer.Write($" let {decorated.InstanceInitializers} = [];");
        }

        foreach (var member in decorated.Members)
        {
            if (member.IsDecorated)
            {
                writer.Write($" let {member.Decorators} = ");
                EmitDecoratorList(member.Node.Modifiers.Decorators);
                if (member.Initializers is not null)
                {
                    writer.Write($", {member.Initializers} = [], {member.ExtraInitializers} = []");
                }

                writer.Write(member.Descriptor is null ? ";" : $", {member.Descriptor};");
            }

            if (member.Key is not null)
            {
                writer.Write($" let {member.Key} = {Helper(HelperKind.PropertyKey)}(");
                Emit(ComputedName(member)!.Expression);
                writer.Write(");");
            }
        }
    }

    private static ComputedPropertyName? ComputedName(DecoratedMember member) => member.Node switch
    {
        MethodDeclaration n => n.Name as ComputedPropertyName,
        AccessorDeclaration n => n.Name as ComputedPropertyName,
        PropertyDeclaration n => n.Name as ComputedPropertyName,
        _ => null,
    };

    private void EmitApplication(ClassParts parts, DecoratedClass decorated, string? name)
    {
        writer.Write($" static {{");
        if (decorated.Self is not null)
        {
            writer.Write($" {decorated.Self} = {(decorated.Original is null ? "" : decorated.Original + " = ")}this;");
        }

        var parent = decorated.Base is null ? "null" : $"{decorated.Base}?.[Symbol.metadata] ?? null";
        writer.Write($" const {decorated.Metadata} = typeof Symbol === \"function\" && Symbol.metadata ? Object.create({parent}) : void 0;");
        foreach (var (fields, isStatic) in ((bool, bool)[])[(false, true), (false, false), (true, true), (true, false)])
        {
            foreach (var member in decorated.Members)
            {
                if (member.IsDecorated && member.IsStatic == isStatic && (member.Kind == "field") == fields)
                {
                    writer.Write(" ");
                    EmitApplication(decorated, member);
                }
            }
        }

        var target = decorated.Self ?? "this";
        if (decorated.Self is not null)
        {
            var descriptor = Fresh("_class");
            writer.Write($" const {descriptor} = {{ value: this }};");
            writer.Write($" {Helper(HelperKind.Decorate)}(null, {descriptor}, {decorated.Decorators}, {{ kind: \"class\", name: this.name, metadata: {decorated.Metadata} }}, null, {decorated.Initializers});");
            writer.Write($" {(name is null ? "" : name + " = ")}{decorated.Self} = {descriptor}.value;");
        }

        writer.Write($" if ({decorated.Metadata}) Object.defineProperty({target}, Symbol.metadata, {{ configurable: true, enumerable: true, writable: true, value: {decorated.Metadata} }});");
        if (decorated.StaticInitializers is not null)
        {
            writer.Write($" {Helper(HelperKind.RunInitializers)}({target}, {decorated.StaticInitializers});");
        }

        writer.Write($" }}");
        if (decorated.InstanceInitializers is not null)
        {
            writer.Write($" #{Fresh("_run")} = {Helper(HelperKind.RunInitializers)}(this, {decorated.InstanceInitializers});");
        }
    }

    private void EmitApplication(DecoratedClass decorated, DecoratedMember member)
    {
        var isField = member.Kind == "field";
        writer.Write($"{Helper(HelperKind.Decorate)}({(isField ? "null" : "this")}, ");
        if (member.Descriptor is not null)
        {
            writer.Write($"{member.Descriptor} = ");
            EmitPrivateDescriptor(member);
        }
        else
        {
            writer.Write("null");
        }

        var name = member.PrivateName is { } hidden ? Quote(hidden) : member.NameText;
        var access = member.PrivateName is { } p ? $"o.{p}" : $"o[{member.NameText}]";
        var has = member.PrivateName ?? member.NameText;
        var getter = member.Kind == "setter" ? "" : $", get: o => {access}";
        var setter = member.Kind is "method" or "getter" ? "" : $", set: (o, v) => {{ {access} = v; }}";
        writer.Write($", {member.Decorators}, {{ kind: \"{member.Kind}\", name: {name}, static: {(member.IsStatic ? "true" : "false")}, private: {(member.PrivateName is null ? "false" : "true")}, ");
        writer.Write($"access: {{ has: o => {has} in o{getter}{setter} }}, metadata: {decorated.Metadata} }}, {member.Initializers ?? "null"}, ");
        writer.Write($"{member.ExtraInitializers ?? (member.IsStatic ? decorated.StaticInitializers : decorated.InstanceInitializers)});");
    }

    /// <summary>The functions of a private member, made outside the class so that decorators can replace them; a literal gives them their names.</summary>
    private void EmitPrivateDescriptor(DecoratedMember member)
    {
        var key = Quote(member.PrivateName!);
        writer.Write("Object.getOwnPropertyDescriptor({ ");
        switch (member.Node)
        {
            case PropertyDeclaration:
                writer.Write($"get {key}() {{ return this.{member.Storage}; }}, set {key}(value) {{ this.{member.Storage} = value; }}");
                break;
            case MethodDeclaration n:
                writer.Write((n.Modifiers.Has(ModifierFlags.Async) ? "async " : "") + (n.Has(NodeFlags.Generator) ? "*" : "") + key);
                EmitRange(n.Name.End, n.End);
                break;
            case AccessorDeclaration n:
                writer.Write((n.Kind == SyntaxKind.GetAccessor ? "get " : "set ") + key);
                EmitRange(n.Name.End, n.End);
                break;
        }

        writer.Write($" }}, {key})");
    }

    /// <summary>What stands in the class for a decorated private method or accessor.</summary>
    private void EmitPrivateForwarder(Member node)
    {
        var member = DecoratedMembers[node];
        var prefix = member.IsStatic ? "static " : "";
        writer.Write(member.Kind switch
        {
            "method" => $"{prefix}get {member.PrivateName}() {{ return {member.Descriptor}.value; }}",
            "getter" => $"{prefix}get {member.PrivateName}() {{ return {member.Descriptor}.get.call(this); }}",
            _ => $"{prefix}set {member.PrivateName}(value) {{ {member.Descriptor}.set.call(this, value); }}",
        });
    }
}
