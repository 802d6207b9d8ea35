using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>The members that a class declares by name; not those that it inherits.</summary>
public sealed class ClassMembers
{
    private readonly Dictionary<string, ClassMember> statics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClassMember> instances = new(StringComparer.Ordinal);

    private ClassMembers()
    {
    }

    public IReadOnlyDictionary<string, ClassMember> Statics => statics;

    /// <summary>Properties that parameters of the constructor declare are among them.</summary>
    public IReadOnlyDictionary<string, ClassMember> Instances => instances;

    internal static ClassMembers? Read(ReadOnlySpan<Declaration> declarations)
    {
        ClassMembers? members = null;
        foreach (var declaration in declarations)
        {
            if (declaration.Node is ClassDeclaration node)
            {
                members ??= new ClassMembers();
                foreach (var member in node.Members)
                {
                    members.Add(declaration.Scope.File, member);
                }
            }
        }

        return members;
    }

    private void Add(SourceFile file, Node node)
    {
        switch (node)
        {
            case PropertyDeclaration property:
                Add(MemberNames.Read(file, property.Name), property, property.Modifiers);
                break;
            case MethodDeclaration method:
                Add(MemberNames.Read(file, method.Name), method, method.Modifiers);
                break;
            case AccessorDeclaration accessor:
                Add(MemberNames.Read(file, accessor.Name), accessor, accessor.Modifiers);
                break;
            case ConstructorDeclaration constructor:
                foreach (var parameter in constructor.Parameters)
                {
                    if (parameter.Modifiers.Has(ModifierFlags.ParameterProperty) && parameter.Name is Identifier name)
                    {
                        Add(file.GetName(name), parameter, parameter.Modifiers);
                    }
                }

                break;
        }
    }

    private void Add(string? name, Node node, Modifiers modifiers)
    {
        if (name is not null)
        {
            var isStatic = modifiers.Has(ModifierFlags.Static);
            (isStatic ? statics : instances).TryAdd(name, new ClassMember(name, node, isStatic, modifiers.Has(ModifierFlags.Private)));
        }
    }
}
