using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>Compares what stands under one name and can be called: matches overloads, then parameters by position.</summary>
internal sealed class SignatureComparer(TypeKeys oldKeys, TypeKeys newKeys, TypeRelation relation)
{
    /// <summary>Overloads that have no equal are tried with each other up to this number; past it they count as changed.</summary>
    private const int MaxTried = 40;

    /// <param name="name">The member, or null for the symbol itself.</param>
    public void Compare(string? name, IReadOnlyList<Signature> before, IReadOnlyList<Signature> after, Implementers implementers, ChangeList changes)
    {
        var oldTexts = before.Select(s => oldKeys.OfSignature(s.TypeParameters, s.Parameters, s.ReturnType)).ToArray();
        var newTexts = after.Select(s => newKeys.OfSignature(s.TypeParameters, s.Parameters, s.ReturnType)).ToArray();
        var partners = Match(oldTexts, newTexts);

        // 1. What is equal has at most other names and another comment.
        var isOrdered = true;
        var last = -1;
        for (var i = 0; i < before.Count; i++)
        {
            if (partners[i] is >= 0 and var equal)
            {
                changes.At(name, before[i].Side, after[equal].Side);
                CompareNames(before[i], after[equal], changes);
                Comments.Compare(before[i].Comment, after[equal].Comment, changes);
                isOrdered &= equal > last;
                last = equal;
            }
        }

        if (!isOrdered && HaveDifferentResults(newTexts, after))
        {
            changes.At(name, before[0].Side, after[0].Side);
            changes.Add(ChangeRules.OverloadsReordered, "the overloads are in another order: the first that fits decides what a call returns");
        }

        // 2. The others in their order.
        var taken = partners.Where(p => p >= 0).ToHashSet();
        var oldRest = Enumerable.Range(0, before.Count).Where(i => partners[i] < 0).ToList();
        var newRest = Enumerable.Range(0, after.Count).Where(i => !taken.Contains(i)).ToList();
        var pairs = Math.Min(oldRest.Count, newRest.Count);
        for (var k = 0; k < pairs; k++)
        {
            var (old, @new) = (before[oldRest[k]], after[newRest[k]]);
            changes.At(name, old.Side, @new.Side);
            ComparePair(old, @new, implementers, changes);
            Comments.Compare(old.Comment, @new.Comment, changes);
        }

        // A wider overload may now take calls that others took.
        if (pairs > 0 && (before.Count > 1 || after.Count > 1) && !changes.HasMajor && HaveDifferentResults(newTexts, after))
        {
            changes.Add(ChangeRules.OverloadsReordered, "one of several overloads takes more: it may decide calls that another decided");
        }

        for (var k = pairs; k < oldRest.Count; k++)
        {
            AddRemoved(name, before[oldRest[k]], after, implementers, changes);
        }

        for (var k = pairs; k < newRest.Count; k++)
        {
            AddAdded(name, newRest[k], after, implementers, changes);
        }
    }

    /// <summary>For each old signature the equal new one; -1 when there is none.</summary>
    private static int[] Match(string[] before, string[] after)
    {
        var places = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        for (var i = 0; i < after.Length; i++)
        {
            if (!places.TryGetValue(after[i], out var queue))
            {
                places.Add(after[i], queue = new Queue<int>());
            }

            queue.Enqueue(i);
        }

        return [.. before.Select(text => places.TryGetValue(text, out var queue) && queue.TryDequeue(out var place) ? place : -1)];
    }

    private bool HaveDifferentResults(string[] texts, IReadOnlyList<Signature> signatures)
    {
        if (texts.Length < 2)
        {
            return false;
        }

        var first = newKeys.Of(signatures[0].ReturnType);
        return first == "?" || signatures.Any(s => newKeys.Of(s.ReturnType) != first);
    }

    private void AddRemoved(string? name, Signature removed, IReadOnlyList<Signature> after, Implementers implementers, ChangeList changes)
    {
        changes.At(name, removed.Side, null);
        if (implementers == Implementers.None && after.Count <= MaxTried && after.Any(s => TakesCallsOf(s, removed)))
        {
            changes.Add(ChangeRules.OverloadsMerged, "the overload is gone, but another takes all its calls");
        }
        else
        {
            changes.Add(ChangeRules.OverloadRemoved, "the overload is gone: calls that it took do not fit any more");
        }
    }

    private bool TakesCallsOf(Signature @new, Signature old)
    {
        var trial = new ChangeList();
        ComparePair(old, @new, Implementers.None, trial);
        return !trial.HasMajor;
    }

    private void AddAdded(string? name, int index, IReadOnlyList<Signature> after, Implementers implementers, ChangeList changes)
    {
        var added = after[index];
        changes.At(name, null, added.Side);
        if (implementers == Implementers.Anyone)
        {
            changes.Add(ChangeRules.OverloadToImplement, "there is another overload: who implements the type lacks it");
        }
        else if (index < after.Count - 1 && HasOtherResult(added, after, index))
        {
            changes.Add(ChangeRules.OverloadInserted, "there is another overload in front of others that return something else: it may take calls that they took");
        }
        else
        {
            changes.Add(ChangeRules.OverloadAdded, "there is another overload");
        }
    }

    private bool HasOtherResult(Signature added, IReadOnlyList<Signature> after, int index)
    {
        var result = newKeys.Of(added.ReturnType);
        for (var i = index + 1; i < after.Count; i++)
        {
            if (result == "?" || newKeys.Of(after[i].ReturnType) != result)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Two signatures that are not equal.</summary>
    private void ComparePair(Signature old, Signature @new, Implementers implementers, ChangeList changes)
    {
        oldKeys.Enter(old.TypeParameters, old.Parameters);
        newKeys.Enter(@new.TypeParameters, @new.Parameters);
        TypeParameterComparer.Compare(old.TypeParameters, @new.TypeParameters, oldKeys, newKeys, changes);
        CompareParameters(old.Parameters, @new.Parameters, implementers, changes);
        CompareResult(old.ReturnType, @new.ReturnType, changes);
        oldKeys.Leave();
        newKeys.Leave();
    }

    private void CompareResult(DocType? old, DocType? @new, ChangeList changes)
    {
        if (oldKeys.Of(old) == newKeys.Of(@new))
        {
            return;
        }

        changes.Add(ChangeRules.ReturnTypeChanged, (old, @new) switch
        {
            (null, _) => "the return type was not written out before: whether it is still the same cannot be told",
            (_, null) => "the return type is not written out any more: whether it is still the same cannot be told",
            _ => "changed return type: what callers get is something else",
        });
    }

    private void CompareParameters(IReadOnlyList<DocParameter> before, IReadOnlyList<DocParameter> after, Implementers implementers, ChangeList changes)
    {
        var (oldThis, newThis) = (before.FirstOrDefault(Parameters.IsThis), after.FirstOrDefault(Parameters.IsThis));
        if (oldKeys.Of(oldThis?.Type) != newKeys.Of(newThis?.Type) && newThis is not null && !(implementers == Implementers.None && oldThis is not null && relation.Accepts(newThis.Type, oldThis.Type)))
        {
            changes.Add(ChangeRules.ParameterTypeChanged, "what `this` has to be has changed");
        }

        var (old, @new) = (before.Where(p => !Parameters.IsThis(p)).ToList(), after.Where(p => !Parameters.IsThis(p)).ToList());
        for (var i = 0; i < Math.Max(old.Count, @new.Count); i++)
        {
            if (i >= old.Count)
            {
                AddParameter(@new[i], i, changes);
            }
            else if (i >= @new.Count)
            {
                changes.Add(ChangeRules.ParameterRemoved, $"{Describe(old[i], i)} is gone: calls that pass it have too many arguments");
            }
            else
            {
                CompareParameter(old[i], @new[i], i, implementers, changes);
            }
        }
    }

    private static void AddParameter(DocParameter parameter, int index, ChangeList changes)
    {
        if (Parameters.IsOptional(parameter))
        {
            changes.Add(ChangeRules.OptionalParameterAdded, $"{Describe(parameter, index)} is new, and can be left out");
        }
        else
        {
            changes.Add(ChangeRules.ParameterAdded, $"{Describe(parameter, index)} is new and required: calls lack it");
        }
    }

    private void CompareParameter(DocParameter old, DocParameter @new, int index, Implementers implementers, ChangeList changes)
    {
        var what = Describe(@new, index);
        var (oldType, newType) = (Parameters.TypeOf(old), Parameters.TypeOf(@new));
        if (Parameters.IsRest(old) != Parameters.IsRest(@new))
        {
            changes.Add(ChangeRules.ParameterTypeChanged, Parameters.IsRest(old) ? $"{what} does not take all further arguments any more" : $"{what} takes all further arguments, no longer a single one");
            return;
        }

        var (wasOptional, isOptional) = (Parameters.IsOptional(old), Parameters.IsOptional(@new));
        if (wasOptional && !isOptional)
        {
            changes.Add(ChangeRules.ParameterRequired, $"{what} is required: calls that leave it out do not fit any more");
        }
        else if (isOptional && !wasOptional && implementers == Implementers.Anyone)
        {
            changes.Add(ChangeRules.ParameterToImplement, $"{what} can be left out: callers gain, but who implements the type gets undefined");
        }
        else if (isOptional && !wasOptional)
        {
            changes.Add(ChangeRules.ParameterOptional, $"{what} can be left out");
        }

        if (oldKeys.Of(oldType) != newKeys.Of(newType))
        {
            CompareType(oldType, newType, isOptional, what, implementers, changes);
        }

        CompareName(old, @new, index, changes);
    }

    private void CompareType(DocType? old, DocType? @new, bool isOptional, string what, Implementers implementers, ChangeList changes)
    {
        if (!relation.Accepts(@new, old, isOptional))
        {
            changes.Add(ChangeRules.ParameterTypeChanged, old is null
                ? $"changed type of {what}: it took anything, or its type was not written out"
                : $"changed type of {what}: what was passed may not fit any more");
        }
        else if (implementers == Implementers.Anyone)
        {
            changes.Add(ChangeRules.ParameterToImplement, $"{what} takes more: callers gain, but who implements the type may get what it does not expect");
        }
        else
        {
            changes.Add(ChangeRules.ParameterTypeWidened, $"{what} takes more than before");
        }
    }

    private static void CompareNames(Signature old, Signature @new, ChangeList changes)
    {
        for (var i = 0; i < old.Parameters.Count; i++)
        {
            CompareName(old.Parameters[i], @new.Parameters[i], i, changes);
        }
    }

    private static void CompareName(DocParameter old, DocParameter @new, int index, ChangeList changes)
    {
        if (Parameters.NameOf(old) is { } before && Parameters.NameOf(@new) is { } after && before != after)
        {
            changes.Add(ChangeRules.ParameterRenamed, $"parameter {index + 1} is called `{after}`, no longer `{before}`");
        }

        if (old is DocAssignParameter { Right: var oldDefault } && @new is DocAssignParameter { Right: var newDefault } && oldDefault != newDefault)
        {
            changes.Add(ChangeRules.ParameterDefaultChanged, $"{Describe(@new, index)} is {newDefault} when it is left out, no longer {oldDefault}");
        }
    }

    private static string Describe(DocParameter parameter, int index) =>
        Parameters.NameOf(parameter) is { } name ? $"parameter `{name}`" : $"parameter {index + 1}";
}
