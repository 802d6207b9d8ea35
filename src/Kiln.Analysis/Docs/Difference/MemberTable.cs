using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Docs.Text;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>The members of a type by name, in source order; private ones are nobody's business.</summary>
internal sealed class MemberTable
{
    private readonly Dictionary<(bool IsStatic, string Name), Member> byName = [];

    private MemberTable()
    {
    }

    public List<Member> Members { get; } = [];

    public Member? Find(Member other) => byName.GetValueOrDefault((other.IsStatic, other.Name));

    public static MemberTable Of(DocClass definition)
    {
        var table = new MemberTable();
        foreach (var constructor in definition.Constructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                table.AddParameterProperty(parameter, constructor.Location);
            }
        }

        foreach (var property in definition.Properties)
        {
            if (property.Accessibility != DocAccessibility.Private)
            {
                table.Add(new Member
                {
                    Name = property.Name,
                    IsStatic = property.IsStatic,
                    IsOptional = property.IsOptional,
                    IsReadonly = property.IsReadonly,
                    IsAbstract = property.IsAbstract,
                    IsProtected = property.Accessibility == DocAccessibility.Protected,
                    Type = property.Type,
                    Comment = property.Comment,
                    Side = new ChangeSide(SignatureText.Of(property), property.Location),
                });
            }
        }

        foreach (var group in definition.Methods.GroupBy(m => (m.IsStatic, m.Name)))
        {
            table.AddMethods([.. group.Where(m => m.Accessibility != DocAccessibility.Private)]);
        }

        return table;
    }

    public static MemberTable Of(DocTypeMembers members)
    {
        var table = new MemberTable();
        foreach (var property in members.Properties)
        {
            var side = new ChangeSide(SignatureText.Of(property), property.Location);
            var member = new Member
            {
                Name = property.Name,
                IsMethod = property.Parameters.Length > 0,
                IsOptional = property.IsOptional,
                IsReadonly = property.IsReadonly,
                Type = property.Type,
                Comment = property.Comment,
                Side = side,
            };
            if (member.IsMethod)
            {
                member.Signatures.Add(new Signature(property.TypeParameters, property.Parameters, property.Type, property.Comment, side));
            }

            table.Add(member);
        }

        foreach (var method in members.Methods)
        {
            table.AddMethod(method);
        }

        return table;
    }

    private void AddParameterProperty(DocParameter parameter, DocLocation location)
    {
        if (parameter.Property is not { Accessibility: not DocAccessibility.Private } property || Parameters.NameOf(parameter) is not { } name)
        {
            return;
        }

        Add(new Member
        {
            Name = name,
            IsReadonly = property.IsReadonly,
            IsProtected = property.Accessibility == DocAccessibility.Protected,
            IsOptional = parameter is DocIdentifierParameter { IsOptional: true },
            Type = Parameters.TypeOf(parameter),
            Side = new ChangeSide(SignatureText.Of(parameter), location),
        });
    }

    /// <summary>All of one name: the overloads of a method, or the halves of an accessor.</summary>
    private void AddMethods(List<DocClassMethod> methods)
    {
        if (methods.Count == 0)
        {
            return;
        }

        if (methods[0].Kind != DocMethodKind.Method)
        {
            foreach (var half in methods)
            {
                AddAccessor(half.Name, half.IsStatic, half.Kind, half.Kind == DocMethodKind.Getter ? half.Function.ReturnType : SetterType(half.Function.Parameters), half.Comment, new ChangeSide(SignatureText.Of(half), half.Location), half);
            }

            return;
        }

        // What has a body behind signatures implements them.
        var shown = methods.Exists(m => !m.Function.HasBody) ? methods.FindAll(m => !m.Function.HasBody) : methods;
        var first = shown[0];
        var member = new Member
        {
            Name = first.Name,
            IsStatic = first.IsStatic,
            IsMethod = true,
            IsOptional = first.IsOptional,
            IsAbstract = first.IsAbstract,
            IsProtected = first.Accessibility == DocAccessibility.Protected,
            Comment = first.Comment,
            Side = new ChangeSide(SignatureText.Of(first), first.Location),
        };
        member.Signatures.AddRange(shown.Select(m => new Signature(m.Function.TypeParameters, m.Function.Parameters, m.Function.ReturnType, m.Comment, new ChangeSide(SignatureText.Of(m), m.Location))));
        Add(member);
    }

    private void AddMethod(DocMethodSignature method)
    {
        var side = new ChangeSide(SignatureText.Of(method), method.Location);
        if (method.Kind != DocMethodKind.Method)
        {
            AddAccessor(method.Name, isStatic: false, method.Kind, method.Kind == DocMethodKind.Getter ? method.ReturnType : SetterType(method.Parameters), method.Comment, side, null);
            return;
        }

        if (!byName.TryGetValue((false, method.Name), out var member) || !member.IsMethod)
        {
            Add(member = new Member { Name = method.Name, IsMethod = true, IsOptional = method.IsOptional, Comment = method.Comment, Side = side });
        }

        member.Signatures.Add(new Signature(method.TypeParameters, method.Parameters, method.ReturnType, method.Comment, side));
    }

    private static DocType? SetterType(IReadOnlyList<DocParameter> parameters) => parameters.Count == 0 ? null : Parameters.TypeOf(parameters[0]);

    /// <summary>Two halves are one property: whoever uses it sees no difference.</summary>
    private void AddAccessor(string name, bool isStatic, DocMethodKind kind, DocType? type, DocComment? comment, ChangeSide side, DocClassMethod? method)
    {
        if (byName.TryGetValue((isStatic, name), out var other))
        {
            var isSecondHalf = kind == DocMethodKind.Getter ? other.IsWriteOnly : other.IsReadonly;
            if (!other.IsMethod && isSecondHalf)
            {
                other.IsReadonly = other.IsWriteOnly = false;
                other.Type = kind == DocMethodKind.Getter ? type ?? other.Type : other.Type ?? type;
                other.Comment ??= comment;
            }

            return;
        }

        Add(new Member
        {
            Name = name,
            IsStatic = isStatic,
            IsReadonly = kind == DocMethodKind.Getter,
            IsWriteOnly = kind == DocMethodKind.Setter,
            IsAbstract = method?.IsAbstract ?? false,
            IsProtected = method?.Accessibility == DocAccessibility.Protected,
            Type = type,
            Comment = comment,
            Side = side,
        });
    }

    /// <summary>The first of a name counts: a second declaration of a property has to have the same type.</summary>
    private void Add(Member member)
    {
        if (byName.TryAdd((member.IsStatic, member.Name), member))
        {
            Members.Add(member);
        }
    }
}
