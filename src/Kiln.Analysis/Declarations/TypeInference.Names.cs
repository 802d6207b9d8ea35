using Kiln.Analysis.Binding;
using Kiln.Analysis.Emit;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>Names: the parameters around an expression, then the statement lists around it. Lists are looked through when a name is first asked for.</summary>
internal sealed partial class TypeInference
{
    private sealed class ListScope(Statement[] statements)
    {
        public Statement[] Statements { get; } = statements;
        public Dictionary<string, Declared>? Names { get; set; }

        /// <summary>The types of the list, and whether they are written.</summary>
        public Dictionary<string, bool>? Types { get; set; }
    }

    /// <param name="Outer">The function around.</param>
    /// <param name="Parameters">Null for a body, whose names are not known.</param>
    internal sealed record FunctionScope(FunctionScope? Outer, Parameter[]? Parameters)
    {
        public Dictionary<string, Declared>? Names { get; set; }
    }

    private readonly List<ListScope> lists = [];
    private FunctionScope? functions;
    private FileNames? fileNames;
    private ClassScope? classes;
    private bool staticThis;
    private int visible;

    public void Enter(Statement[] statements)
    {
        lists.Add(new ListScope(statements));
        visible = lists.Count;
    }

    public void Leave()
    {
        lists.RemoveAt(lists.Count - 1);
        visible = lists.Count;
    }

    public FunctionScope? Enter(Parameter[] parameters)
    {
        var outer = functions;
        functions = new FunctionScope(outer, parameters);
        return outer;
    }

    private FunctionScope? EnterBody()
    {
        var outer = functions;
        functions = new FunctionScope(outer, null);
        return outer;
    }

    public void Leave(FunctionScope? outer) => functions = outer;

    internal sealed record ClassScope(Identifier? Name);

    public ClassScope? EnterClass(Identifier? name)
    {
        var outer = classes;
        classes = new ClassScope(name);
        return outer;
    }

    public void LeaveClass(ClassScope? outer) => classes = outer;

    /// <summary>A name that the file does not contain.</summary>
    public string FreeName(string name)
    {
        var free = (fileNames ??= new FileNames(text)).Free(name);
        return given.Add(free) ? free : FreeName("_" + name);
    }

    private readonly HashSet<string> given = new(StringComparer.Ordinal);

    /// <summary>The name is declared here and written, or means something that every file knows.</summary>
    public bool IsVisible(Identifier name) => Find(name, out var declared) && (declared is null || IsPublic(declared));

    private bool IsPublic(Declared declared) => declared.Kind == DeclaredKind.Parameter || publicDeclarations.Contains(declared.Node);

    /// <returns>False when the name may be declared where nobody looked. Null means a name that the file does not declare.</returns>
    private bool Find(Identifier id, out Declared? declared)
    {
        var name = file.GetName(id);
        declared = null;
        for (var scope = functions; scope is not null; scope = scope.Outer)
        {
            if (scope.Parameters is null)
            {
                return false;
            }

            scope.Names ??= NamesOf(scope.Parameters);
            if (scope.Names.TryGetValue(name, out declared))
            {
                return true;
            }
        }

        for (var i = visible - 1; i >= 0; i--)
        {
            var names = lists[i].Names ??= NamesOf(lists[i].Statements, i + 1);
            if (names.TryGetValue(name, out declared))
            {
                return true;
            }
        }

        return true;
    }

    private Dictionary<string, Declared> NamesOf(Parameter[] parameters)
    {
        var names = new Dictionary<string, Declared>(StringComparer.Ordinal);
        foreach (var p in parameters)
        {
            if (p.Name is Identifier name)
            {
                names.TryAdd(file.GetName(name), new Declared(DeclaredKind.Parameter, p, visible));
            }
            else
            {
                var inner = new List<string>();
                PatternNames.Collect(file, p.Name, inner);
                foreach (var one in inner)
                {
                    // Its type is a part of another.
                    names.TryAdd(one, new Declared(DeclaredKind.Parameter, p, visible) { Type = InferredType.Any });
                }
            }
        }

        return names;
    }

    private Dictionary<string, Declared> NamesOf(Statement[] statements, int level)
    {
        var names = new Dictionary<string, Declared>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case VariableStatement n:
                    var kind = n.DeclarationList.VariableKind is VariableKind.Var or VariableKind.Let ? DeclaredKind.Variable : DeclaredKind.Constant;
                    foreach (var declaration in n.DeclarationList.Declarations)
                    {
                        if (declaration.Name is Identifier id)
                        {
                            names.TryAdd(file.GetName(id), new Declared(kind, declaration, level));
                        }
                        else
                        {
                            var inner = new List<string>();
                            PatternNames.Collect(file, declaration.Name, inner);
                            foreach (var one in inner)
                            {
                                names.TryAdd(one, new Declared(kind, declaration, level) { Type = InferredType.Any });
                            }
                        }
                    }

                    break;
                case FunctionDeclaration { Name: { } id }: names.TryAdd(file.GetName(id), new Declared(DeclaredKind.Function, statement, level)); break;
                case ClassDeclaration { Name: { } id }: names.TryAdd(file.GetName(id), new Declared(DeclaredKind.Class, statement, level)); break;
                case EnumDeclaration n: names.TryAdd(file.GetName(n.Name), new Declared(DeclaredKind.Enum, n, level)); break;
                case ModuleDeclaration { Name: Identifier id }: names.TryAdd(file.GetName(id), new Declared(DeclaredKind.Namespace, statement, level)); break;
                case ImportEqualsDeclaration n: names.TryAdd(file.GetName(n.Name), new Declared(DeclaredKind.Import, n, level)); break;
                case ImportDeclaration { Clause: { } clause }: AddImports(clause, names, level); break;
            }
        }

        return names;
    }

    private void AddImports(ImportClause clause, Dictionary<string, Declared> names, int level)
    {
        if (clause.Name is not null)
        {
            names.TryAdd(file.GetName(clause.Name), new Declared(DeclaredKind.Import, clause, level));
        }

        switch (clause.NamedBindings)
        {
            case NamespaceImport all:
                names.TryAdd(file.GetName(all.Name), new Declared(DeclaredKind.NamespaceImport, all, level));
                break;
            case NamedImports named:
                foreach (var element in named.Elements)
                {
                    names.TryAdd(file.GetName(element.Name), new Declared(DeclaredKind.Import, element, level));
                }

                break;
        }
    }

    /// <summary>The type of a variable or parameter, looked at from where it is declared. Null for everything else.</summary>
    private InferredType? DeclaredType(Declared declared)
    {
        if (declared.Type is not null || declared.Kind is not (DeclaredKind.Constant or DeclaredKind.Variable or DeclaredKind.Parameter))
        {
            return declared.Type;
        }

        declared.Type = InferredType.Any;
        var (savedFunctions, savedVisible) = (functions, visible);
        if (declared.Kind != DeclaredKind.Parameter)
        {
            (functions, visible) = (null, Math.Min(declared.Level, lists.Count));
        }

        declared.Type = declared.Node switch
        {
            Parameter p => TypeOfParameter(p),
            VariableDeclaration { Type: { } type } n => declared.Kind == DeclaredKind.Constant && n.Initializer is not null ? Narrow(Written(type), n.Initializer) : Written(type),
            VariableDeclaration { Initializer: not null } n => TypeOfVariable(n, declared.Kind == DeclaredKind.Constant, isExported: false),
            _ => InferredType.Any,
        };
        (functions, visible) = (savedFunctions, savedVisible);
        return declared.Type;
    }

    /// <summary>In the initialiser of a property, and in the arrows there.</summary>
    private InferredType OfThis() => classes is null && functions is null && lists.Count == 1 ? InferredType.Undefined
        : classes is null || functions is { Parameters: null } ? InferredType.Any
        : !staticThis ? InferredType.This
        : classes.Name is { } name ? new InferredType(InferredKind.Query, name)
        : InferredType.Any;

    private InferredType OfName(Identifier id)
    {
        if (!Find(id, out var declared))
        {
            return file.GetSlice(id) is "undefined" ? InferredType.Undefined : InferredType.Any;
        }

        if (declared is null)
        {
            return file.GetSlice(id) switch
            {
                "undefined" => InferredType.Undefined,
                "NaN" or "Infinity" => InferredType.Number,
                _ => new InferredType(InferredKind.Query, id),
            };
        }

        var type = DeclaredType(declared);
        if (declared.Kind == DeclaredKind.Parameter)
        {
            return type is null || type.IsAny || ((Parameter)declared.Node).Name is not Identifier ? InferredType.Any
                : IsShort(type) && !declared.Node.Has(NodeFlags.Optional) ? type
                : new InferredType(InferredKind.Query, id);
        }

        var isPublic = IsPublic(declared);
        if (type is not null && IsShort(type) && (isPublic || type.Kind != InferredKind.Written))
        {
            return type;
        }

        return isPublic ? new InferredType(InferredKind.Query, id) : type ?? InferredType.Any;
    }

    private const int MaxShort = 64;

    /// <summary>Said as quickly as the name that has it.</summary>
    private static bool IsShort(InferredType type) => type.Kind switch
    {
        InferredKind.Word => !type.IsAny && type.Text != "unique symbol",
        InferredKind.Literal => (type.Node?.Length ?? 0) <= MaxShort,
        InferredKind.Written => type.Node is KeywordType or TypeReference or ArrayType && type.Node.Length <= MaxShort,
        InferredKind.Union => type.Parts.Length <= 4 && Array.TrueForAll(type.Parts, IsShort),
        _ => false,
    };

    private InferredType OfMember(Expression expression)
    {
        var root = expression;
        var links = 0;
        while (true)
        {
            root = Unwrap(root);
            if (root is PropertyAccessExpression { Name: Identifier } property && !property.Has(NodeFlags.QuestionDot))
            {
                root = property.Expression;
            }
            else if (root is ElementAccessExpression { Argument: StringLiteral or Literal { Kind: SyntaxKind.NumericLiteral } } element && !element.Has(NodeFlags.QuestionDot))
            {
                root = element.Expression;
            }
            else
            {
                break;
            }

            links++;
        }

        if (links == 1 && root is NewExpression instance && MemberName(expression) is { } part && OfNew(instance) is { Kind: InferredKind.Reference } of)
        {
            return new InferredType(InferredKind.Indexed, parts: [of, LiteralOf(part, isConst: true)]);
        }

        if (links == 0 || root is not Identifier id || !Find(id, out var declared))
        {
            return InferredType.Any;
        }

        if (declared is null)
        {
            // The constants that everybody uses. A symbol of the runtime is its own type only where it is named.
            if (links == 1 && file.GetSlice(id) is "Symbol")
            {
                return InferredType.Symbol;
            }

            return links == 1 && file.GetSlice(id) is "Math" or "Number" && MemberName(expression) is { } constant && !constant.AsSpan().ContainsAnyInRange('a', 'z')
                ? InferredType.Number
                : new InferredType(InferredKind.Query, expression);
        }

        // Into what the file itself declares.
        if (InnerType(expression, declared) is { } member && (IsShort(member) || !IsPublic(declared)))
        {
            return member;
        }

        if (!IsPublic(declared) || (declared.Kind == DeclaredKind.Parameter && ((Parameter)declared.Node).Name is not Identifier))
        {
            return InferredType.Any;
        }

        return new InferredType(declared.Kind == DeclaredKind.Enum && links == 1 ? InferredKind.EnumMember : InferredKind.Query, expression);
    }

    /// <summary>The type of a chain of members that starts at a declaration, as far as it is known; null when it is not.</summary>
    private InferredType? InnerType(Expression chain, Declared root)
    {
        var names = new Stack<string>();
        while (Unwrap(chain) is var step && step is not Identifier)
        {
            if (MemberName(step) is not { } name || names.Count == MaxShort)
            {
                return null;
            }

            names.Push(name);
            chain = step is PropertyAccessExpression n ? n.Expression : ((ElementAccessExpression)step).Expression;
        }

        var type = root.Node is ClassDeclaration declaration && names.TryPop(out var member) ? StaticOf(declaration, member) : DeclaredType(root);
        while (type is not null && names.TryPop(out var name))
        {
            type = MemberOf(type, name);
        }

        return type;
    }

    private string? MemberName(Expression access) => Unwrap(access) switch
    {
        PropertyAccessExpression { Name: Identifier name } => file.GetName(name),
        ElementAccessExpression { Argument: StringLiteral name } => file.GetStringValue(name),
        _ => null,
    };

    /// <summary>A static property as a constant: its type is written, or its value is one literal.</summary>
    private InferredType? StaticOf(ClassDeclaration n, string name)
    {
        foreach (var member in n.Members)
        {
            if (member is PropertyDeclaration property && property.Modifiers.Has(ModifierFlags.Static) && !property.Modifiers.Has(ModifierFlags.Private)
                && !property.Has(NodeFlags.Optional) && Bindings.MemberName(file, property.Name) == name)
            {
                return property.Type is { } written ? Written(written)
                    : property.Initializer is { } value && TypeOf(value) is { Kind: InferredKind.Literal } type ? property.Modifiers.Has(ModifierFlags.Readonly) ? type : Widen(type)
                    : null;
            }
        }

        return null;
    }

    private InferredType? MemberOf(InferredType type, string name)
    {
        switch (type)
        {
            case { Kind: InferredKind.Generic, Text: "Readonly", Parts: [var inner] }: return MemberOf(inner, name);
            case { Kind: InferredKind.Object }:
                foreach (var member in type.Members)
                {
                    if (member is { Kind: InferredMemberKind.Property, Name: not null } && Bindings.MemberName(file, member.Name) == name)
                    {
                        return member.IsOptional ? null : member.Type;
                    }
                }

                return null;
            case { Kind: InferredKind.Written, Node: TypeLiteral literal }:
                foreach (var member in literal.Members)
                {
                    if (member is PropertySignature { Type: { } written } n && !n.Has(NodeFlags.Optional) && Bindings.MemberName(file, n.Name) == name)
                    {
                        return Written(written);
                    }
                }

                return null;
            default: return null;
        }
    }

    /// <summary>What a computed name comes to where a constant of the file says so.</summary>
    private string? ConstantKey(Node name) =>
        name is ComputedPropertyName { Expression: Identifier id } && Find(id, out var declared) && declared is { Kind: DeclaredKind.Constant }
            && DeclaredType(declared) is { Kind: InferredKind.Literal, Node: StringLiteral literal }
            ? file.GetStringValue(literal)
            : null;

    /// <summary>A computed name that a declaration may have: a literal, or a name that stands for a literal or a symbol of its own.</summary>
    public bool IsWritableKey(ComputedPropertyName key)
    {
        var expression = Unwrap(key.Expression);
        switch (expression)
        {
            case StringLiteral or Literal { Kind: SyntaxKind.NumericLiteral or SyntaxKind.NoSubstitutionTemplateLiteral }: return true;
            case PrefixUnaryExpression { Operator: TokenKind.Minus or TokenKind.Plus, Operand: Literal { Kind: SyntaxKind.NumericLiteral } }: return true;
            case Identifier id:
                if (!Find(id, out var declared) || (declared is not null && !IsPublic(declared)))
                {
                    return false;
                }

                return declared?.Kind switch
                {
                    null or DeclaredKind.Import => true,
                    DeclaredKind.Constant => DeclaredType(declared) is { Kind: InferredKind.Literal } or { Kind: InferredKind.Word, Text: "unique symbol" } or { Kind: InferredKind.Query }
                        || (DeclaredType(declared) is { Kind: InferredKind.Written, Node: TypeNode written } && (IsOneKey(written) || (written is TypeReference reference && IsAliasOfOneKey(reference)))),
                    _ => false,
                };
            case PropertyAccessExpression when IsEntityName(expression):
                var root = expression;
                while (root is PropertyAccessExpression property)
                {
                    root = property.Expression;
                }

                return Find((Identifier)root, out declared) && (declared is null || (IsPublic(declared) && declared.Kind != DeclaredKind.Parameter));
            default: return false;
        }
    }

    private static bool IsOneKey(TypeNode type) => type is TypeOperator { Operator: TypeOperatorKind.Unique } or LiteralType or TypeQuery;

    /// <summary><c>type key = "x"</c> at the top of the file, as a constant of the same name often has it.</summary>
    private bool IsAliasOfOneKey(TypeReference reference)
    {
        if (aliases is null)
        {
            aliases = new Dictionary<string, TypeNode>(StringComparer.Ordinal);
            foreach (var statement in file.Statements)
            {
                if (statement is TypeAliasDeclaration { TypeParameters: [] } alias)
                {
                    aliases.TryAdd(file.GetName(alias.Name), alias.Type);
                }
            }
        }

        return reference is { TypeName: Identifier name, TypeArguments: [] } && aliases.TryGetValue(file.GetName(name), out var type) && IsOneKey(type);
    }

    private Dictionary<string, TypeNode>? aliases;
}
