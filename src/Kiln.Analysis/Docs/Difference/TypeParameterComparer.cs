using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>Compares type parameters by position; their names mean nothing to others.</summary>
internal static class TypeParameterComparer
{
    /// <summary>Both keys have entered the declaration.</summary>
    public static void Compare(IReadOnlyList<DocTypeParameter> before, IReadOnlyList<DocTypeParameter> after, TypeKeys oldKeys, TypeKeys newKeys, ChangeList changes)
    {
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            if (i >= before.Count)
            {
                if (after[i].Default is null)
                {
                    changes.Add(ChangeRules.TypeParameterAdded, $"type parameter `{after[i].Name}` is new and has no default: who writes type arguments lacks it");
                }
                else
                {
                    changes.Add(ChangeRules.OptionalTypeParameterAdded, $"type parameter `{after[i].Name}` is new and has a default");
                }
            }
            else if (i >= after.Count)
            {
                changes.Add(ChangeRules.TypeParameterRemoved, $"type parameter `{before[i].Name}` is gone: who writes type arguments has one too many");
            }
            else
            {
                ComparePair(before[i], after[i], oldKeys, newKeys, changes);
            }
        }
    }

    private static void ComparePair(DocTypeParameter old, DocTypeParameter @new, TypeKeys oldKeys, TypeKeys newKeys, ChangeList changes)
    {
        if (oldKeys.Of(old.Constraint) != newKeys.Of(@new.Constraint))
        {
            changes.Add(ChangeRules.TypeParameterChanged, (old.Constraint, @new.Constraint) switch
            {
                (null, _) => $"type parameter `{@new.Name}` has a constraint: not every type fits any more",
                (_, null) => $"type parameter `{@new.Name}` has no constraint any more: what is known of it, and what is inferred for it, changes",
                _ => $"changed constraint of type parameter `{@new.Name}`",
            });
        }

        if (oldKeys.Of(old.Default) != newKeys.Of(@new.Default))
        {
            if (old.Default is null)
            {
                changes.Add(ChangeRules.TypeParameterDefaultAdded, $"type parameter `{@new.Name}` has a default");
            }
            else
            {
                changes.Add(ChangeRules.TypeParameterChanged, @new.Default is null ? $"type parameter `{@new.Name}` has no default any more" : $"changed default of type parameter `{@new.Name}`");
            }
        }
    }
}
