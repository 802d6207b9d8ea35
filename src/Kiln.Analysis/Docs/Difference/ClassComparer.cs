using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Docs.Text;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>Compares classes and interfaces: what they extend, how they are made, and their members.</summary>
internal sealed class ClassComparer(TypeKeys oldKeys, TypeKeys newKeys, SignatureComparer signatures, MemberComparer members)
{
    private const string ConstructorName = "constructor";

    public void Compare(DocClass old, DocClass @new, ChangeSide before, ChangeSide after, ChangeList changes)
    {
        changes.At(null, before, after);
        oldKeys.Enter(old.TypeParameters);
        newKeys.Enter(@new.TypeParameters);
        TypeParameterComparer.Compare(old.TypeParameters, @new.TypeParameters, oldKeys, newKeys, changes);
        if (@new.IsAbstract && !old.IsAbstract)
        {
            changes.Add(ChangeRules.AbstractAdded, "abstract: nobody can construct it any more");
        }
        else if (old.IsAbstract && !@new.IsAbstract)
        {
            changes.Add(ChangeRules.AbstractRemoved, "not abstract any more: it can be constructed");
        }

        var (oldBase, newBase) = (BaseOf(oldKeys, old), BaseOf(newKeys, @new));
        if (oldBase != newBase)
        {
            changes.Add(
                oldBase is null ? ChangeRules.BaseClassAdded : ChangeRules.BaseClassChanged,
                oldBase is null ? "extends another class" : newBase is null ? "extends nothing any more: what it inherited is gone" : "extends another class: what it inherits changes");
        }

        if (!old.Implements.Select(oldKeys.Of).ToHashSet(StringComparer.Ordinal).SetEquals(@new.Implements.Select(newKeys.Of)))
        {
            changes.Add(ChangeRules.ImplementsChanged, "implements other interfaces: its members say what it can do");
        }

        CompareConstructors(old, @new, oldBase, newBase, before, after, changes);
        members.Compare(MemberTable.Of(old), MemberTable.Of(@new), Implementers.None, changes);
        members.CompareIndexSignatures(old.IndexSignatures, @new.IndexSignatures, Implementers.None, changes);
        oldKeys.Leave();
        newKeys.Leave();
    }

    /// <param name="old">All declarations of one name, merged.</param>
    /// <param name="new">Likewise.</param>
    public void Compare(IReadOnlyList<DocInterface> old, IReadOnlyList<DocInterface> @new, ChangeSide before, ChangeSide after, ChangeList changes)
    {
        changes.At(null, before, after);
        oldKeys.Enter(old[0].TypeParameters);
        newKeys.Enter(@new[0].TypeParameters);
        TypeParameterComparer.Compare(old[0].TypeParameters, @new[0].TypeParameters, oldKeys, newKeys, changes);
        if (!old.SelectMany(i => i.Extends).Select(oldKeys.Of).ToHashSet(StringComparer.Ordinal).SetEquals(@new.SelectMany(i => i.Extends).Select(newKeys.Of)))
        {
            changes.Add(ChangeRules.BaseTypeChanged, "extends other types: what it requires and what it offers changes");
        }

        CompareMembers(Merge(old), Merge(@new), changes);
        oldKeys.Leave();
        newKeys.Leave();
    }

    /// <summary>Of interfaces and object types.</summary>
    public void CompareMembers(DocTypeMembers old, DocTypeMembers @new, ChangeList changes)
    {
        signatures.Compare("call", Calls(old), Calls(@new), Implementers.Anyone, changes);
        signatures.Compare("new", Constructs(old), Constructs(@new), Implementers.Anyone, changes);
        members.Compare(MemberTable.Of(old), MemberTable.Of(@new), Implementers.Anyone, changes);
        members.CompareIndexSignatures(old.IndexSignatures, @new.IndexSignatures, Implementers.Anyone, changes);
    }

    public static DocTypeMembers Merge(IReadOnlyList<DocInterface> interfaces) => interfaces.Count == 1 ? interfaces[0].Members : new DocTypeMembers
    {
        Constructors = [.. interfaces.SelectMany(i => i.Members.Constructors)],
        Methods = [.. interfaces.SelectMany(i => i.Members.Methods)],
        Properties = [.. interfaces.SelectMany(i => i.Members.Properties)],
        CallSignatures = [.. interfaces.SelectMany(i => i.Members.CallSignatures)],
        IndexSignatures = [.. interfaces.SelectMany(i => i.Members.IndexSignatures)],
    };

    private static List<Signature> Calls(DocTypeMembers members) =>
        [.. members.CallSignatures.Select(s => new Signature(s.TypeParameters, s.Parameters, s.ReturnType, s.Comment, new ChangeSide(SignatureText.Of(s), s.Location)))];

    private static List<Signature> Constructs(DocTypeMembers members) =>
        [.. members.Constructors.Select(s => new Signature(s.TypeParameters, s.Parameters, s.ReturnType, s.Comment, new ChangeSide(SignatureText.Of(s), s.Location)))];

    private static string? BaseOf(TypeKeys keys, DocClass definition) =>
        definition.Extends is null ? null : $"{keys.NameOf(definition.Extends)}<{string.Join(',', definition.SuperTypeArguments.Select(keys.Of))}>";

    private void CompareConstructors(DocClass old, DocClass @new, string? oldBase, string? newBase, ChangeSide before, ChangeSide after, ChangeList changes)
    {
        // Without one of its own a class has that of its base, which may be declared anywhere.
        var (wasInherited, isInherited) = (old.Constructors.Length == 0 && oldBase is not null, @new.Constructors.Length == 0 && newBase is not null);
        if (wasInherited || isInherited)
        {
            if (!(wasInherited && isInherited && oldBase == newBase))
            {
                changes.At(ConstructorName, before, after);
                changes.Add(ChangeRules.ConstructorChanged, isInherited
                    ? "the constructor is that of the base class: whether its parameters are the same cannot be told"
                    : "the constructor was that of the base class: whether its parameters are the same cannot be told");
            }

            return;
        }

        var (was, @is) = (AccessOf(old), AccessOf(@new));
        if (@is > was)
        {
            changes.At(ConstructorName, before, after);
            changes.Add(ChangeRules.ConstructorHidden, @is == DocAccessibility.Private ? "the constructor is private: nobody can construct or extend the class any more" : "the constructor is protected: only classes that extend this one can call it");
        }
        else if (was > @is)
        {
            changes.At(ConstructorName, before, after);
            changes.Add(ChangeRules.ConstructorOpened, "more code can call the constructor");
        }

        if (@is != DocAccessibility.Private && was != DocAccessibility.Private)
        {
            signatures.Compare(ConstructorName, Constructors(old, before), Constructors(@new, after), Implementers.None, changes);
        }
    }

    /// <summary>None for public, which orders before the others.</summary>
    private static DocAccessibility AccessOf(DocClass definition) =>
        definition.Constructors is [{ Accessibility: DocAccessibility.Private or DocAccessibility.Protected } first, ..] ? first.Accessibility : DocAccessibility.None;

    private static List<Signature> Constructors(DocClass definition, ChangeSide side)
    {
        if (definition.Constructors.Length == 0)
        {
            return [new Signature([], [], null, null, side)];
        }

        var shown = definition.Constructors.Any(c => !c.HasBody) ? definition.Constructors.Where(c => !c.HasBody) : definition.Constructors;
        return [.. shown.Select(c => new Signature([], c.Parameters, null, c.Comment, new ChangeSide(SignatureText.Of(c), c.Location)))];
    }
}
