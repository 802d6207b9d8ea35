using Kiln.Analysis.Emit;
using Kiln.Analysis.FastCheck;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>Classes (publishing.md §4.5), written as <c>tsc</c> writes them: private members without types, one mark for all that is <c>#private</c>.</summary>
internal sealed partial class DeclarationWriter
{
    private const ModifierFlags Copied = ModifierFlags.Protected | ModifierFlags.Static | ModifierFlags.Readonly | ModifierFlags.Abstract | ModifierFlags.Accessor;

    private void WriteClassDeclaration(ClassDeclaration n, StatementList list)
    {
        var parts = new ClassParts(n);
        var isAmbient = n.Modifiers.Has(ModifierFlags.Declare);
        var baseName = WriteBase(parts, list, isAmbient);
        WriteModifiers(n, list, declares: true);
        Write(n.Modifiers.Has(ModifierFlags.Abstract) ? "abstract class" : "class");
        WriteHeritage(parts, baseName);
        WriteMembers(parts, isAmbient);
    }

    /// <summary><c>any</c> takes no type arguments.</summary>
    private bool baseTakesArguments;

    /// <summary>A base that is an expression becomes a constant, which a class may extend.</summary>
    private string? WriteBase(ClassParts n, StatementList list, bool isAmbient)
    {
        if (n.Extends is not { Types: [var heritage, ..] } || isAmbient)
        {
            return null;
        }

        var expression = heritage.Expression;
        if (!FastCheckRules.IsBaseName(expression))
        {
            Report(FastCheckMessages.UnsupportedSuperClassExpr(expression.Start, expression.End));
        }

        if (TypeInference.IsEntityName(expression) || expression is KeywordExpression { Kind: SyntaxKind.NullKeyword })
        {
            return null;
        }

        var name = inference.FreeName((n.Name is { } own ? file.GetName(own) : "default") + "_base");
        Write(list.IsAmbient ? "const " : "declare const ");
        Write(name);
        Write(": ");
        var type = inference.TypeOfBase(expression);
        WriteType(type);
        Write(";");
        list.HasHidden = true;
        EndLine();
        Indent();
        baseTakesArguments = !type.IsAny;
        return name;
    }

    private void WriteHeritage(ClassParts n, string? baseName)
    {
        if (n.Name is not null)
        {
            Write(" ");
            Copy(n.Name);
        }

        WriteTypeParameters(n.TypeParameters);
        if (baseName is not null)
        {
            Write(" extends ");
            Write(baseName);
            if (baseTakesArguments && n.Extends is { Types: [{ TypeArguments: { Length: > 0 } given }, ..] })
            {
                Write("<");
                CopyRange(given[0].Start, given[^1].End);
                Write(">");
            }
        }
        else if (n.Extends is { Types: [var heritage, ..] })
        {
            Write(" extends ");
            Copy(heritage);
        }

        if (n.Implements is { Types.Length: > 0 } implements)
        {
            Write(" ");
            Copy(implements);
        }
    }

    // Members.

    private void WriteMembers(ClassParts n, bool isAmbient)
    {
        if (!guard.HasRoom())
        {
            Write(" {}");
            return;
        }

        Write(" {");
        depth++;
        var outer = inference.EnterClass(n.Name);
        var written = writer.Length;
        if (Array.Exists(n.Members, IsHashPrivate))
        {
            EndLine();
            Indent();
            Write("#private;");
        }

        var state = new MemberState(isAmbient);
        foreach (var member in n.Members)
        {
            if (member is ConstructorDeclaration constructor)
            {
                WriteParameterProperties(constructor, isAmbient);
            }
        }

        if (!isTyped && !isAmbient)
        {
            // What a constructor assigns to `this` is a member as well.
            EndLine();
            Indent();
            Write("[key: string]: any;");
        }

        var previous = n.BodyStart + 1;
        foreach (var member in n.Members)
        {
            WriteMember(member, state, previous, isFirst: previous == n.BodyStart + 1);
            previous = member.End;
        }

        inference.LeaveClass(outer);
        depth--;
        if (writer.Length > written)
        {
            EndLine();
            Indent();
        }

        Write("}");
    }

    /// <summary>What the members of one class know of each other.</summary>
    private sealed class MemberState(bool isAmbient)
    {
        public bool IsAmbient { get; } = isAmbient;
        public bool HasPrivateConstructor { get; set; }
        public HashSet<string>? PrivateMethods { get; set; }

        /// <summary>The last method or constructor without a body.</summary>
        public Member? Overload { get; set; }
    }

    private static bool IsHashPrivate(Node member) => NameOf(member) is PrivateIdentifier;

    private static Node? NameOf(Node member) => member switch
    {
        PropertyDeclaration n => n.Name,
        MethodDeclaration n => n.Name,
        AccessorDeclaration n => n.Name,
        _ => null,
    };

    private void WriteMember(Node node, MemberState state, int from, bool isFirst)
    {
        if (node is not Member member || IsHashPrivate(member))
        {
            return;
        }

        var overload = state.Overload;
        state.Overload = null;
        var key = NameOf(member) as ComputedPropertyName;
        if (key is not null && member.Modifiers.Has(ModifierFlags.Private))
        {
            return;
        }

        var written = writer.Length;
        switch (member)
        {
            case IndexSignature n:
                Begin(from, n.Start, isFirst);
                CopyRange(n.Start, n.Type?.End ?? n.End);
                Write(";");
                break;
            case PropertyDeclaration n:
                Begin(from, n.Start, isFirst);
                WriteProperty(n, state.IsAmbient);
                break;
            case ConstructorDeclaration n:
                WriteConstructor(n, state, overload, from, isFirst);
                break;
            case MethodDeclaration n:
                WriteMethod(n, state, overload as MethodDeclaration, from, isFirst);
                break;
            case AccessorDeclaration n:
                Begin(from, n.Start, isFirst);
                WriteAccessor(n, state.IsAmbient);
                break;
        }

        if (key is not null && !inference.IsWritableKey(key))
        {
            // No declaration can name it; types it must have all the same, as the reference wants it.
            writer.Rewind(written);
        }
    }

    private void WriteMemberModifiers(Member n)
    {
        var m = n.Modifiers;
        Write(m.Has(ModifierFlags.Private) ? "private " : m.Has(ModifierFlags.Protected) ? "protected " : "");
        Write(m.Has(ModifierFlags.Static) ? "static " : "");
        Write(m.Has(ModifierFlags.Abstract) ? "abstract " : "");
        Write(m.Has(ModifierFlags.Readonly) ? "readonly " : "");
        Write(m.Has(ModifierFlags.Accessor) ? "accessor " : "");
    }

    /// <summary>The member from its first modifier on is what the output says.</summary>
    private static bool KeepsModifiers(Member n) => (n.Modifiers.Flags & ~Copied) == 0 && n.Modifiers.Decorators.Length == 0;

    /// <summary>An <c>accessor</c> stays one, as <c>tsc</c> has it: a pair of <c>get</c> and <c>set</c> would say the same to older compilers, and would be two members to document.</summary>
    private void WriteProperty(PropertyDeclaration n, bool isAmbient)
    {
        if (n.Modifiers.Has(ModifierFlags.Private))
        {
            WriteMemberModifiers(n);
            Copy(n.Name);
            Write(n.Has(NodeFlags.Optional) ? "?;" : ";");
            return;
        }

        if (n.Type is { } type && KeepsModifiers(n) && !n.Has(NodeFlags.Definite))
        {
            CopyRange(n.Start, type.End);
            Write(";");
            return;
        }

        WriteMemberModifiers(n);
        Copy(n.Name);
        Write(n.Has(NodeFlags.Optional) ? "?" : "");
        if (n.Type is not null)
        {
            Write(": ");
            Copy(n.Type);
        }
        else if (n.Initializer is { } initializer)
        {
            if (!isAmbient && !(n.Modifiers.Has(ModifierFlags.Accessor) ? rules.AcceptsAccessor(initializer) : rules.Accepts(initializer, n.Name)))
            {
                Report(FastCheckMessages.MissingExplicitType(n.Name.Start, n.Name.End));
            }

            var isConst = n.Modifiers.Has(ModifierFlags.Readonly);
            var inferred = inference.TypeOfProperty(n, isConst);
            WriteVariableType(n.Has(NodeFlags.Optional) ? inference.Union([inferred, InferredType.Undefined]) : inferred, isConst);
        }
        else
        {
            if (!isAmbient)
            {
                Report(FastCheckMessages.MissingExplicitType(n.Name.Start, n.Name.End));
            }

            Write(": any");
        }

        Write(";");
    }

    private void WriteMethod(MethodDeclaration n, MemberState state, MethodDeclaration? overload, int from, bool isFirst)
    {
        if (n.Body is null)
        {
            state.Overload = n;
        }

        if (n.Modifiers.Has(ModifierFlags.Private))
        {
            // As a property, and once for all its overloads.
            var key = (n.Modifiers.Has(ModifierFlags.Static) ? "static " : "") + Slice(n.Name).ToString();
            if ((state.PrivateMethods ??= new HashSet<string>(StringComparer.Ordinal)).Add(key))
            {
                Begin(from, n.Start, isFirst);
                WriteMemberModifiers(n);
                Copy(n.Name);
                Write(n.Has(NodeFlags.Optional) ? "?;" : ";");
            }

            return;
        }

        if (n.Body is not null && overload is not null && Slice(overload.Name).SequenceEqual(Slice(n.Name)) && overload.Modifiers.Has(ModifierFlags.Static) == n.Modifiers.Has(ModifierFlags.Static))
        {
            return;
        }

        Begin(from, n.Start, isFirst);
        if (!state.IsAmbient)
        {
            CheckParameters(n.Parameters);
        }

        if (n.Type is { } type && KeepsModifiers(n) && !n.Has(NodeFlags.Async | NodeFlags.Generator) && AreCopied(n.Parameters))
        {
            CopyRange(n.Start, type.End);
            Write(";");
            return;
        }

        WriteMemberModifiers(n);
        InferredType? returned = null;
        if (n.Type is null)
        {
            returned = n.Body is { } body ? ReturnType(n, body, n, n.Name.Start, n.Name.End) : InferredType.Any;
        }

        WriteSignature(new Signature(n.Name, n.TypeParameters, n.Parameters, n.Type, n.Has(NodeFlags.Optional)), returned);
        Write(";");
    }

    private void WriteAccessor(AccessorDeclaration n, bool isAmbient)
    {
        var isGetter = n.Kind == SyntaxKind.GetAccessor;
        WriteMemberModifiers(n);
        Write(isGetter ? "get " : "set ");
        Copy(n.Name);
        if (n.Modifiers.Has(ModifierFlags.Private))
        {
            Write(isGetter ? "();" : "(value);");
            return;
        }

        if (isGetter)
        {
            if (n.Type is null && n.Body is not null && !isAmbient)
            {
                Report(FastCheckMessages.MissingExplicitReturnType(n.Name.Start, n.Name.End));
            }

            Write("(): ");
            if (n.Type is not null)
            {
                Copy(n.Type);
            }
            else
            {
                WriteType(n.Body is { } body ? inference.ReturnTypeOf(n, body, ReturnScan.Of(body), n, neverReturns: false) : InferredType.Any);
            }
        }
        else
        {
            if (!isAmbient)
            {
                CheckParameters(n.Parameters);
            }

            Write("(");
            WriteParameters(n.Parameters, typesOnly: false);
            Write(")");
        }

        Write(";");
    }

    // Constructors.

    private void WriteConstructor(ConstructorDeclaration n, MemberState state, Member? overload, int from, bool isFirst)
    {
        if (n.Body is null)
        {
            state.Overload = n;
        }

        if (n.Modifiers.Has(ModifierFlags.Private))
        {
            if (!state.HasPrivateConstructor)
            {
                state.HasPrivateConstructor = true;
                Begin(from, n.Start, isFirst);
                Write("private constructor();");
            }

            return;
        }

        if (n.Body is not null && overload is ConstructorDeclaration)
        {
            return;
        }

        Begin(from, n.Start, isFirst);
        WriteMemberModifiers(n);
        Write("constructor(");
        if (!state.IsAmbient)
        {
            CheckParameters(n.Parameters);
        }

        if (AreCopied(n.Parameters) && n.Parameters.Length > 0)
        {
            CopyRange(n.Parameters[0].Start, n.Parameters[^1].End);
        }
        else
        {
            WriteParameters(n.Parameters, typesOnly: false);
        }

        Write(");");
    }

    private void WriteParameterProperties(ConstructorDeclaration n, bool isAmbient)
    {
        var end = n.Start;
        foreach (var p in n.Parameters)
        {
            var previous = end;
            end = p.End;
            if (!p.Modifiers.Has(ModifierFlags.ParameterProperty))
            {
                continue;
            }

            if (p.Name is not Identifier)
            {
                if (!isAmbient)
                {
                    Report(FastCheckMessages.UnsupportedDestructuring(p.Name.Start, p.Name.End));
                }

                continue;
            }

            StartOwnLine();
            var isPrivate = p.Modifiers.Has(ModifierFlags.Private);
            WriteInnerComments(previous, p.Start);
            Write(isPrivate ? "private " : p.Modifiers.Has(ModifierFlags.Protected) ? "protected " : "");
            Write(p.Modifiers.Has(ModifierFlags.Readonly) ? "readonly " : "");
            Copy(p.Name);
            Write(p.Has(NodeFlags.Optional) ? "?" : "");
            if (!isPrivate)
            {
                Write(": ");
                WriteParameterPropertyType(p);
            }

            Write(";");
        }
    }

    private void WriteParameterPropertyType(Parameter p)
    {
        if (p.Type is null)
        {
            WriteType(inference.TypeOfParameter(p));
        }
        else if (p.Has(NodeFlags.Optional) && !MentionsUndefined(p.Type))
        {
            // Under exactOptionalPropertyTypes a property that is merely optional could not hold what the constructor puts there.
            WriteWrapped(p.Type, Precedence.Union);
            Write(" | undefined");
        }
        else
        {
            Copy(p.Type);
        }
    }

    private void StartOwnLine()
    {
        EndLine();
        Indent();
    }
}
