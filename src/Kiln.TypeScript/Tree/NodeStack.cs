using System.Diagnostics.CodeAnalysis;

namespace Kiln.TypeScript.Tree;

/// <summary>The stack of a walk.</summary>
/// <remarks>
/// Slots are structs: an array of a class that has subclasses checks the type of every element that is stored, which took a tenth of the time of
/// a walk.
/// </remarks>
public sealed class NodeStack
{
    private Slot[] slots = new Slot[32];

    public int Count { get; private set; }

    public void Push(Node node)
    {
        var count = Count;
        var items = slots;
        if (count == items.Length)
        {
            items = Grow();
        }

        items[count].Node = node;
        Count = count + 1;
    }

    public void PushOptional(Node? node)
    {
        if (node is not null)
        {
            Push(node);
        }
    }

    /// <summary>The last first, so that popping yields them in their order.</summary>
    public void PushAll(Node[] nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        for (var i = nodes.Length - 1; i >= 0; i--)
        {
            Push(nodes[i]);
        }
    }

    public bool TryPop([NotNullWhen(true)] out Node? node)
    {
        var top = Count - 1;
        if (top < 0)
        {
            node = null;
            return false;
        }

        node = slots[top].Node;
        Count = top;
        return true;
    }

    private Slot[] Grow()
    {
        Array.Resize(ref slots, slots.Length * 2);
        return slots;
    }

    private struct Slot
    {
        public Node Node;
    }
}
