using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>What the statements of a body declare themselves. Read when a name is first looked for that nothing nearer has.</summary>
internal sealed class BodyNames(SourceFile source, Block body)
{
    private HashSet<string>? types;
    private HashSet<string>? values;

    public bool DeclaresType(ReadOnlySpan<char> name)
    {
        Read();
        return types!.Count > 0 && types.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }

    public bool DeclaresValue(ReadOnlySpan<char> name)
    {
        Read();
        return values!.Count > 0 && values.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }

    private void Read()
    {
        if (types is not null)
        {
            return;
        }

        types = new HashSet<string>(StringComparer.Ordinal);
        values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in body.Statements)
        {
            switch (statement)
            {
                case ClassDeclaration { Name: { } name }: types.Add(source.GetName(name)); values.Add(source.GetName(name)); break;
                case EnumDeclaration it: types.Add(source.GetName(it.Name)); values.Add(source.GetName(it.Name)); break;
                case InterfaceDeclaration it: types.Add(source.GetName(it.Name)); break;
                case TypeAliasDeclaration it: types.Add(source.GetName(it.Name)); break;
                case FunctionDeclaration { Name: { } name }: values.Add(source.GetName(name)); break;
                case VariableStatement it: ReadVariables(it); break;
            }
        }
    }

    private void ReadVariables(VariableStatement statement)
    {
        foreach (var variable in statement.DeclarationList.Declarations)
        {
            var open = new NodeStack();
            open.Push(variable.Name);
            while (open.TryPop(out var node))
            {
                switch (node)
                {
                    case Identifier name: values!.Add(source.GetName(name)); break;
                    case ObjectBindingPattern pattern: open.PushAll(pattern.Elements); break;
                    case ArrayBindingPattern pattern: open.PushAll(pattern.Elements); break;
                    case BindingElement element: open.Push(element.Name); break;
                }
            }
        }
    }
}
