using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Docs.Text;
using Kiln.TypeScript;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>Compares the declarations of one symbol, kind by kind. Namespaces are lists of symbols and not its own.</summary>
internal sealed class SymbolComparer
{
    private readonly TypeKeys oldKeys;
    private readonly TypeKeys newKeys;
    private readonly SignatureComparer signatures;
    private readonly ClassComparer classes;

    public SymbolComparer(TypeKeys oldKeys, TypeKeys newKeys, StackGuard guard)
    {
        (this.oldKeys, this.newKeys) = (oldKeys, newKeys);
        signatures = new SignatureComparer(oldKeys, newKeys, new TypeRelation(oldKeys, newKeys, guard));
        classes = new ClassComparer(oldKeys, newKeys, signatures, new MemberComparer(oldKeys, newKeys, signatures));
    }

    /// <param name="name">As it is shown, with namespaces.</param>
    /// <param name="before">The declarations, without references.</param>
    /// <param name="after">Likewise.</param>
    public void Compare(string name, IReadOnlyList<DocDeclaration> before, IReadOnlyList<DocDeclaration> after, ChangeList changes)
    {
        changes.IsInternal = before.Any(d => Comments.IsInternal(d.Comment));
        var old = before.ToLookup(d => d.Definition.Kind);
        var @new = after.ToLookup(d => d.Definition.Kind);

        // 1. Kinds that only one side has.
        foreach (var group in old.Where(g => !@new.Contains(g.Key)))
        {
            changes.At(null, SideOf(name, group.First()), @new.FirstOrDefault(g => !old.Contains(g.Key))?.First() is { } other ? SideOf(name, other) : null);
            changes.Add(ChangeRules.KindChanged, ChangeStatus.Modified, $"`{name}` is no {WordOf(group.Key)} any more");
        }

        foreach (var group in @new.Where(g => !old.Contains(g.Key)))
        {
            if (old.All(g => @new.Contains(g.Key)))
            {
                changes.At(null, null, SideOf(name, group.First()));
                changes.Add(ChangeRules.DeclarationAdded, $"`{name}` is {Article(group.Key)} {WordOf(group.Key)} as well");
            }
        }

        // 2. Kinds that both have.
        foreach (var group in old.Where(g => @new.Contains(g.Key)))
        {
            CompareKind(name, group.Key, [.. group], [.. @new[group.Key]], changes);
        }

        changes.IsInternal = false;
    }

    private void CompareKind(string name, DocKind kind, DocDeclaration[] before, DocDeclaration[] after, ChangeList changes)
    {
        var (oldSide, newSide) = (SideOf(name, before[0]), SideOf(name, after[0]));
        switch (kind)
        {
            case DocKind.Function:
                signatures.Compare(null, Functions(name, before), Functions(name, after), Implementers.None, changes);
                return;
            case DocKind.Variable:
                changes.At(null, oldSide, newSide);
                CompareVariables((DocVariable)before[0].Definition, (DocVariable)after[0].Definition, changes);
                break;
            case DocKind.Class:
                classes.Compare((DocClass)before[0].Definition, (DocClass)after[0].Definition, oldSide, newSide, changes);
                break;
            case DocKind.Interface:
                classes.Compare([.. before.Select(d => (DocInterface)d.Definition)], [.. after.Select(d => (DocInterface)d.Definition)], oldSide, newSide, changes);
                break;
            case DocKind.Enum:
                EnumComparer.Compare(before.Select(d => (DocEnum)d.Definition), after.Select(d => (DocEnum)d.Definition), oldKeys, newKeys, changes);
                break;
            case DocKind.TypeAlias:
                changes.At(null, oldSide, newSide);
                CompareAliases((DocTypeAlias)before[0].Definition, (DocTypeAlias)after[0].Definition, changes);
                break;
        }

        for (var i = 0; i < Math.Min(before.Length, after.Length); i++)
        {
            changes.At(null, SideOf(name, before[i]), SideOf(name, after[i]));
            Comments.Compare(before[i].Comment, after[i].Comment, changes);
        }
    }

    private void CompareVariables(DocVariable old, DocVariable @new, ChangeList changes)
    {
        if (oldKeys.Of(old.Type) == newKeys.Of(@new.Type))
        {
            return;
        }

        if (old is { Keyword: "const", Type: DocLiteralType { Kind: not DocLiteralKind.Boolean } before } && @new is { Keyword: "const", Type: DocLiteralType after } && before.Kind == after.Kind)
        {
            changes.Add(ChangeRules.ConstantValueChanged, "the constant has another value");
            return;
        }

        changes.Add(ChangeRules.TypeChanged, (old.Type, @new.Type) switch
        {
            (null, _) => "the type was not written out before: whether it is still the same cannot be told",
            (_, null) => "the type is not written out any more: whether it is still the same cannot be told",
            _ => "changed type",
        });
    }

    private void CompareAliases(DocTypeAlias old, DocTypeAlias @new, ChangeList changes)
    {
        oldKeys.Enter(old.TypeParameters);
        newKeys.Enter(@new.TypeParameters);
        TypeParameterComparer.Compare(old.TypeParameters, @new.TypeParameters, oldKeys, newKeys, changes);
        if (old.Type is DocTypeLiteral before && @new.Type is DocTypeLiteral after)
        {
            classes.CompareMembers(before.Members, after.Members, changes);
        }
        else if (oldKeys.Of(old.Type) != newKeys.Of(@new.Type))
        {
            changes.Add(ChangeRules.TypeChanged, Explain(old.Type, @new.Type));
        }

        oldKeys.Leave();
        newKeys.Leave();
    }

    /// <summary>Of a union, on which side it has grown.</summary>
    private string Explain(DocType old, DocType @new)
    {
        var before = TypeKeys.MembersOf(old).Select(oldKeys.Of).ToHashSet(StringComparer.Ordinal);
        var after = TypeKeys.MembersOf(@new).Select(newKeys.Of).ToHashSet(StringComparer.Ordinal);
        return before.IsProperSubsetOf(after) ? "changed type: who passes a value gains, but who gets one may get what it does not expect"
            : after.IsProperSubsetOf(before) ? "changed type: some values do not fit any more"
            : "changed type";
    }

    /// <summary>Overloads without what implements them.</summary>
    private static List<Signature> Functions(string name, DocDeclaration[] declarations)
    {
        var shown = declarations.Length > 1 && declarations.Any(d => !((DocFunction)d.Definition).HasBody) ? declarations.Where(d => !((DocFunction)d.Definition).HasBody) : declarations;
        return [.. shown.Select(d =>
        {
            var function = (DocFunction)d.Definition;
            return new Signature(function.TypeParameters, function.Parameters, function.ReturnType, d.Comment, SideOf(name, d));
        })];
    }

    public static ChangeSide SideOf(string name, DocDeclaration declaration) => new(SignatureText.Of(name, declaration.Definition), declaration.Location);

    public static string WordOf(DocKind kind) => kind switch
    {
        DocKind.Function => "function",
        DocKind.Variable => "variable",
        DocKind.Class => "class",
        DocKind.Interface => "interface",
        DocKind.Enum => "enum",
        DocKind.TypeAlias => "type alias",
        DocKind.Namespace => "namespace",
        DocKind.Reference => "re-export",
        _ => throw new InvalidOperationException($"No such kind: {kind}."),
    };

    private static string Article(DocKind kind) => kind is DocKind.Interface or DocKind.Enum ? "an" : "a";
}
