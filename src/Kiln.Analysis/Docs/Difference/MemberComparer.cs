using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Docs.Text;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>Compares the members of classes, interfaces and object types.</summary>
internal sealed class MemberComparer(TypeKeys oldKeys, TypeKeys newKeys, SignatureComparer signatures)
{
    public void Compare(MemberTable before, MemberTable after, Implementers implementers, ChangeList changes)
    {
        var removed = before.Members.FindAll(m => after.Find(m) is null);
        var added = after.Members.FindAll(m => before.Find(m) is null);
        var renamed = FindRenamed(removed, added);
        foreach (var member in before.Members)
        {
            var isInternal = changes.IsInternal;
            changes.IsInternal |= Comments.IsInternal(member.Comment);
            if (after.Find(member) is { } same)
            {
                ComparePair(member, same, implementers, changes);
            }
            else if (renamed.TryGetValue(member, out var other))
            {
                changes.At(member.ShownName, member.Side, other.Side);
                changes.Add(ChangeRules.MemberRenamed, ChangeStatus.Renamed, $"`{member.Name}` is called `{other.Name}` now: the old name is gone");
            }
            else
            {
                changes.At(member.ShownName, member.Side, null);
                changes.Add(ChangeRules.MemberRemoved, $"`{member.Name}` is gone");
            }

            changes.IsInternal = isInternal;
        }

        var taken = renamed.Values.ToHashSet();
        foreach (var member in added.Where(m => !taken.Contains(m)))
        {
            AddMember(member, implementers, changes);
        }
    }

    public void CompareIndexSignatures(IReadOnlyList<DocIndexSignature> before, IReadOnlyList<DocIndexSignature> after, Implementers implementers, ChangeList changes)
    {
        var old = before.ToLookup(s => KeyOf(oldKeys, s), StringComparer.Ordinal);
        var @new = after.ToLookup(s => KeyOf(newKeys, s), StringComparer.Ordinal);
        foreach (var signature in before.Where(s => !@new.Contains(KeyOf(oldKeys, s))))
        {
            changes.At("index signature", new ChangeSide(SignatureText.Of(signature), signature.Location), null);
            changes.Add(ChangeRules.IndexSignatureRemoved, "the index signature is gone, or another");
        }

        foreach (var signature in after.Where(s => !old.Contains(KeyOf(newKeys, s))))
        {
            changes.At("index signature", null, new ChangeSide(SignatureText.Of(signature), signature.Location));
            if (implementers == Implementers.Anyone)
            {
                changes.Add(ChangeRules.IndexSignatureToImplement, "there is an index signature: who implements the type, or passes a value of another type, lacks it");
            }
            else
            {
                changes.Add(ChangeRules.IndexSignatureAdded, "there is an index signature");
            }
        }
    }

    private static string KeyOf(TypeKeys keys, DocIndexSignature signature) => (signature.IsReadonly ? "readonly " : "") + keys.OfSignature([], signature.Parameters, signature.Type);

    /// <summary>What has gone and what has come in equal shape, in their order. A type that is not known resembles nothing.</summary>
    private Dictionary<Member, Member> FindRenamed(List<Member> removed, List<Member> added)
    {
        var shapes = new Dictionary<string, Queue<Member>>(StringComparer.Ordinal);
        foreach (var member in added)
        {
            if (ShapeOf(newKeys, member) is { } shape)
            {
                if (!shapes.TryGetValue(shape, out var queue))
                {
                    shapes.Add(shape, queue = new Queue<Member>());
                }

                queue.Enqueue(member);
            }
        }

        var renamed = new Dictionary<Member, Member>();
        foreach (var member in removed)
        {
            if (ShapeOf(oldKeys, member) is { } shape && shapes.TryGetValue(shape, out var queue) && queue.TryDequeue(out var other))
            {
                renamed.Add(member, other);
            }
        }

        return renamed;
    }

    private static string? ShapeOf(TypeKeys keys, Member member)
    {
        if (!member.IsMethod && member.Type is null)
        {
            return null;
        }

        var type = member.IsMethod ? string.Join('&', member.Signatures.Select(s => keys.OfSignature(s.TypeParameters, s.Parameters, s.ReturnType))) : keys.Of(member.Type);
        return $"{member.IsStatic} {member.IsMethod} {member.IsOptional} {member.IsReadonly} {member.IsProtected} {type}";
    }

    private static void AddMember(Member member, Implementers implementers, ChangeList changes)
    {
        var isInternal = changes.IsInternal;
        changes.IsInternal |= Comments.IsInternal(member.Comment);
        changes.At(member.ShownName, null, member.Side);
        if (member.IsAbstract)
        {
            changes.Add(ChangeRules.MemberToImplement, $"`{member.Name}` is new and abstract: classes that extend this one lack it");
        }
        else if (implementers == Implementers.None)
        {
            changes.Add(ChangeRules.MemberAdded, $"`{member.Name}` is new");
        }
        else if (member.IsOptional)
        {
            changes.Add(ChangeRules.OptionalMemberAdded, $"`{member.Name}` is new and optional");
        }
        else
        {
            changes.Add(ChangeRules.MemberToImplement, $"`{member.Name}` is new and required: who only uses the type gains, but objects and classes that others write for it lack it");
        }

        changes.IsInternal = isInternal;
    }

    private void ComparePair(Member old, Member @new, Implementers implementers, ChangeList changes)
    {
        changes.At(old.ShownName, old.Side, @new.Side);
        if (@new.IsProtected && !old.IsProtected)
        {
            changes.Add(ChangeRules.MemberHidden, $"`{old.Name}` is protected: only classes that extend this one can use it");
        }
        else if (old.IsProtected && !@new.IsProtected)
        {
            changes.Add(ChangeRules.MemberOpened, $"`{old.Name}` is public");
        }

        if (@new.IsAbstract && !old.IsAbstract)
        {
            changes.Add(ChangeRules.MemberToImplement, $"`{old.Name}` is abstract: classes that extend this one lack it");
        }

        if (@new.IsOptional && !old.IsOptional)
        {
            changes.Add(ChangeRules.MemberOptional, $"`{old.Name}` is optional: who reads it may get undefined");
        }
        else if (old.IsOptional && !@new.IsOptional)
        {
            changes.Add(ChangeRules.MemberRequired, $"`{old.Name}` is required: who leaves it out, or sets it to undefined, does not fit any more");
        }

        if (old.IsMethod != @new.IsMethod)
        {
            changes.Add(ChangeRules.MemberKindChanged, old.IsMethod ? $"`{old.Name}` is a property, no longer a method" : $"`{old.Name}` is a method, no longer a property");
            Comments.Compare(old.Comment, @new.Comment, changes);
        }
        else if (old.IsMethod)
        {
            signatures.Compare(old.ShownName, old.Signatures, @new.Signatures, implementers, changes);
        }
        else
        {
            CompareProperties(old, @new, changes);
            Comments.Compare(old.Comment, @new.Comment, changes);
        }
    }

    private void CompareProperties(Member old, Member @new, ChangeList changes)
    {
        if (@new.IsReadonly && !old.IsReadonly)
        {
            changes.Add(ChangeRules.ReadonlyAdded, $"`{old.Name}` cannot be assigned any more");
        }
        else if (old.IsReadonly && !@new.IsReadonly)
        {
            changes.Add(ChangeRules.ReadonlyRemoved, $"`{old.Name}` can be assigned");
        }

        if (@new.IsWriteOnly && !old.IsWriteOnly)
        {
            changes.Add(ChangeRules.GetterRemoved, $"`{old.Name}` cannot be read any more");
        }
        else if (old.IsWriteOnly && !@new.IsWriteOnly)
        {
            changes.Add(ChangeRules.GetterAdded, $"`{old.Name}` can be read");
        }

        if (oldKeys.Of(old.Type) != newKeys.Of(@new.Type))
        {
            changes.Add(ChangeRules.MemberTypeChanged, (old.Type, @new.Type) switch
            {
                (null, _) => $"the type of `{old.Name}` was not written out before: whether it is still the same cannot be told",
                (_, null) => $"the type of `{old.Name}` is not written out any more: whether it is still the same cannot be told",
                _ => $"changed type of `{old.Name}`",
            });
        }
    }
}
