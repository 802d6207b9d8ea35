using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Emit;

internal enum EditKind : byte
{
    /// <summary>Text behind a node that ends here.</summary>
    After,

    /// <summary>Text in front of a node that starts here.</summary>
    Before,

    /// <summary>The text stands for the range; no text deletes it.</summary>
    Replace,

    /// <summary>The node writes itself.</summary>
    Node,
}

/// <summary>
/// One change of the source. Changes nest: what lies inside a replaced range is dropped, what lies inside a node is applied when the node
/// writes that part of itself.
/// </summary>
internal readonly record struct Edit(int Start, int End, EditKind Kind, int Sequence, string? Text, Node? Node, int Owner) : IComparable<Edit>
{
    /// <summary>By position; behind-text first, innermost first; then outer before inner.</summary>
    public int CompareTo(Edit other)
    {
        if (Start != other.Start)
        {
            return Start.CompareTo(other.Start);
        }

        var after = Kind == EditKind.After;
        if (after != (other.Kind == EditKind.After))
        {
            return after ? -1 : 1;
        }

        if (after)
        {
            // Of nodes with the same range the inner one is planned later.
            return Owner != other.Owner ? other.Owner.CompareTo(Owner) : other.Sequence.CompareTo(Sequence);
        }

        // A Before's End is its owner's end.
        if (End != other.End)
        {
            return other.End.CompareTo(End);
        }

        var before = Kind == EditKind.Before;
        if (before != (other.Kind == EditKind.Before))
        {
            return before ? -1 : 1;
        }

        return Sequence.CompareTo(other.Sequence);
    }
}
