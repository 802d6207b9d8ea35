using Kiln.Analysis.Binding;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>Arrays and objects.</summary>
internal sealed partial class TypeInference
{
    private InferredType OfArray(ArrayLiteralExpression n, bool isConst)
    {
        if (isConst)
        {
            var parts = new InferredType[n.Elements.Length];
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i] = n.Elements[i] switch
                {
                    OmittedExpression => InferredType.Undefined,
                    SpreadElement spread => new InferredType(InferredKind.Rest, parts: [SpreadType(Of(spread.Expression, isConst: true))]),
                    var element => Of(element, isConst: true),
                };
            }

            return new InferredType(InferredKind.Tuple, parts: parts) { IsReadonly = true };
        }

        if (n.Elements.Length == 0)
        {
            return new InferredType(InferredKind.Array, parts: [InferredType.Never]);
        }

        var types = new List<InferredType>(Math.Min(n.Elements.Length, MaxUnion + 1));
        foreach (var element in n.Elements)
        {
            var type = element switch
            {
                OmittedExpression => InferredType.Undefined,
                SpreadElement spread => ElementType(TypeOf(spread.Expression)),
                _ => Widen(TypeOf(element)),
            };
            if (type.IsAny)
            {
                return new InferredType(InferredKind.Array, parts: [type]);
            }

            AddTo(types, type);
            if (types.Count > MaxUnion)
            {
                return new InferredType(InferredKind.Array, parts: [InferredType.Any]);
            }
        }

        return new InferredType(InferredKind.Array, parts: [Union([.. Regular(types)])]);
    }

    /// <summary>What may stand behind <c>...</c> in a tuple: only arrays, and whether an import is one nobody knows here.</summary>
    private InferredType SpreadType(InferredType type) => type.Kind switch
    {
        InferredKind.Array or InferredKind.Tuple => type,
        InferredKind.Written or InferredKind.Query when ElementType(type) is { IsAny: false } => type,
        _ => new InferredType(InferredKind.Array, parts: [InferredType.Any]),
    };

    private InferredType ElementType(InferredType type)
    {
        switch (type.Kind)
        {
            case InferredKind.Array: return type.Parts[0];
            case InferredKind.Tuple when !Array.Exists(type.Parts, p => p.Kind == InferredKind.Rest): return Union(Array.ConvertAll(type.Parts, p => Widen(p)));
            case InferredKind.Written:
                return type.Node switch
                {
                    ArrayType n => Written(n.ElementType),
                    TypeOperator { Operator: TypeOperatorKind.Readonly, Type: ArrayType n } => Written(n.ElementType),
                    TypeReference { TypeName: Identifier name, TypeArguments: [var element] } when file.GetSlice(name) is "Array" or "ReadonlyArray" or "Set" or "ReadonlySet" or "Iterable"
                        => Written(element),
                    _ => InferredType.Any,
                };
            case InferredKind.Query when Unwrap((Expression)type.Node!) is Identifier id && Find(id, out var declared) && declared is not null && DeclaredType(declared) is { } known:
                return ElementType(known) is { IsAny: false } found ? found.Kind == InferredKind.Written && found.Node!.Length > 40 ? Indexed(type) : found : InferredType.Any;
            default: return InferredType.Any;
        }
    }

    private static InferredType Indexed(InferredType type) => new(InferredKind.Indexed, parts: [type, InferredType.Number]);

    /// <summary>
    /// Object literals side by side become alike: each says of the properties that only others have that it has none of them. So TypeScript lets a program
    /// ask every element for each of them.
    /// </summary>
    private List<InferredType> Regular(List<InferredType> types)
    {
        if (types.Count < 2 || types.Count(t => t.Kind == InferredKind.Object) < 2)
        {
            return types;
        }

        var all = new Dictionary<string, InferredMember>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            foreach (var member in type.Members)
            {
                if (member.Name is not null)
                {
                    all.TryAdd(KeyOf(member.Name), member);
                }
            }
        }

        if ((long)all.Count * types.Count > MaxMade)
        {
            return [InferredType.Any];
        }

        var result = new List<InferredType>(types.Count);
        foreach (var type in types)
        {
            if (type.Kind != InferredKind.Object || Array.Exists(type.Members, m => m.Kind == InferredMemberKind.Index))
            {
                result.Add(type);
                continue;
            }

            var own = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in type.Members)
            {
                own.Add(KeyOf(member.Name!));
            }

            var members = new List<InferredMember>(type.Members);
            foreach (var (key, member) in all)
            {
                if (!own.Contains(key))
                {
                    members.Add(new InferredMember(InferredMemberKind.Property, member.Name, InferredType.Undefined) { IsOptional = true });
                }
            }

            AddTo(result, new InferredType(InferredKind.Object) { Members = [.. members] });
        }

        return result;
    }

    private string KeyOf(Node name) => Bindings.MemberName(file, name) ?? file.GetSlice(name).ToString();

    private InferredType OfObject(ObjectLiteralExpression n, bool isConst, bool keepsLiterals = false)
    {
        // As TypeScript orders them: what comes later in front, where something is spread.
        var members = new List<InferredMember>(n.Properties.Length);
        var segment = members;
        var at = n.Properties.Length > 1 ? new Dictionary<string, int>(StringComparer.Ordinal) : null;
        var from = n.Start + 1;
        foreach (var property in n.Properties)
        {
            if (property is SpreadAssignment spread)
            {
                if (!ReferenceEquals(segment, members))
                {
                    members = Overwrite(members, segment);
                }

                if (Spread(TypeOf(spread.Expression)) is not { } other)
                {
                    return InferredType.Any;
                }

                members = members.Count == 0 ? other : Overwrite(members, other);
                segment = [];
                at = new Dictionary<string, int>(StringComparer.Ordinal);
            }
            else if (OfProperty(property, isConst, keepsLiterals) is { } known)
            {
                known = known with { From = from, Start = property.Start };
                Put(known, segment, at);
            }
            else
            {
                return InferredType.Any;
            }

            from = property.End;
        }

        if (!ReferenceEquals(segment, members))
        {
            members = Overwrite(members, segment);
        }

        return made > MaxMade ? InferredType.Any : new InferredType(InferredKind.Object) { Members = [.. members] };
    }

    private List<InferredMember> Overwrite(List<InferredMember> members, List<InferredMember> later)
    {
        made += members.Count + later.Count;
        if (made > MaxMade)
        {
            return later;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var result = new List<InferredMember>(members.Count + later.Count);
        foreach (var member in later)
        {
            result.Add(member);
            names.Add(member.Name is null ? "" : KeyOf(member.Name));
        }

        foreach (var member in members)
        {
            if (member.Name is null || !names.Contains(KeyOf(member.Name)))
            {
                result.Add(member);
            }
        }

        return result;
    }

    private void Put(in InferredMember member, List<InferredMember> members, Dictionary<string, int>? at)
    {
        if (member.Name is null || at is null)
        {
            members.Add(member);
            return;
        }

        var key = KeyOf(member.Name);
        if (!at.TryGetValue(key, out var index))
        {
            at[key] = members.Count;
            members.Add(member);
            return;
        }

        // A getter and a setter of one name are one property.
        var old = members[index];
        var isPair = (old.Node, member.Node) is (AccessorDeclaration, AccessorDeclaration);
        var getter = old.Node is AccessorDeclaration { Kind: SyntaxKind.GetAccessor } ? old : member;
        members[index] = isPair ? getter with { IsReadonly = false } : member;
    }

    /// <summary>The members of what is spread; null when they are not known, or too many.</summary>
    private List<InferredMember>? Spread(InferredType type)
    {
        if (type.Kind == InferredKind.Query && RootOf((Expression)type.Node!) is { } root && Find(root, out var declared) && declared is not null)
        {
            type = InnerType((Expression)type.Node!, declared) ?? type;
        }

        if (type is { Kind: InferredKind.Generic, Text: "Readonly", Parts: [var inner] })
        {
            type = inner;
        }

        var members = new List<InferredMember>();
        switch (type)
        {
            case { Kind: InferredKind.Object }:
                foreach (var member in type.Members)
                {
                    if (++made > MaxMade || member.IsOptional)
                    {
                        return null;
                    }

                    members.Add(member with { IsReadonly = false, From = 0, Start = 0 });
                }

                return members;
            case { Kind: InferredKind.Written, Node: TypeLiteral literal }:
                foreach (var member in literal.Members)
                {
                    if (member is not PropertySignature { Type: { } written, Name: not ComputedPropertyName } n || n.Has(NodeFlags.Optional) || ++made > MaxMade)
                    {
                        return null;
                    }

                    members.Add(new InferredMember(InferredMemberKind.Property, n.Name, Written(written)));
                }

                return members;
            default: return null;
        }
    }

    private static Identifier? RootOf(Expression expression)
    {
        while (true)
        {
            expression = Unwrap(expression);
            switch (expression)
            {
                case PropertyAccessExpression n: expression = n.Expression; continue;
                case ElementAccessExpression n: expression = n.Expression; continue;
                default: return expression as Identifier;
            }
        }
    }

    private InferredMember? OfProperty(Node property, bool isConst, bool keepsLiterals)
    {
        switch (property)
        {
            case PropertyAssignment n:
                return Named(n.Name, isConst || (keepsLiterals && Unwrap(n.Initializer) is not (ArrayLiteralExpression or ObjectLiteralExpression)) ? Of(n.Initializer, isConst) : Widen(TypeOf(n.Initializer)), isConst);
            case ShorthandPropertyAssignment { ObjectAssignmentInitializer: null } n:
                return Named(n.Name, isConst || keepsLiterals ? OfName(n.Name) : Widen(OfName(n.Name)), isConst);
            case MethodDeclaration n:
                var scope = Enter(n.Parameters);
                var returned = n.Type is not null ? InferredType.Any : n.Body is { } body ? ReturnTypeOf(n, body, ReturnScan.Of(body), n, neverReturns: body.Statements is [.., ThrowStatement]) : InferredType.Any;
                Leave(scope);
                return Named(n.Name, returned, isReadonly: false) is { } method ? method with { Kind = InferredMemberKind.Method, Node = n } : null;
            case AccessorDeclaration { Kind: SyntaxKind.GetAccessor } n:
                var type = n.Type is { } written ? Written(written) : n.Body is { } getter ? ReturnTypeOf(n, getter, ReturnScan.Of(getter), n, neverReturns: false) : InferredType.Any;
                return Named(n.Name, type, isReadonly: true) is { } read ? read with { Node = n } : null;
            case AccessorDeclaration n:
                return Named(n.Name, n.Parameters is [{ Type: { } taken }] ? Written(taken) : InferredType.Any, isReadonly: false) is { } write ? write with { Node = n } : null;
            default: return null;
        }
    }

    private InferredMember? Named(Node name, InferredType type, bool isReadonly)
    {
        if (name is PrivateIdentifier || (name is ComputedPropertyName key && !IsWritableKey(key)))
        {
            return null;
        }

        return new InferredMember(InferredMemberKind.Property, name, type) { IsReadonly = isReadonly, Text = ConstantKey(name) };
    }
}
