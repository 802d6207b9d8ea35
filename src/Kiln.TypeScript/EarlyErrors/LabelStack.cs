namespace Kiln.TypeScript;

/// <summary>The labels, loops and switches around a statement, up to the function's boundary.</summary>
internal sealed class LabelStack
{
    private readonly List<(int Name, bool IsLoop)> labels = [];
    private int boundary;
    private int loops;
    private int breakables;

    public readonly record struct Outer(int Boundary, int Loops, int Breakables);

    public bool InLoop => loops > 0;

    public bool CanBreak => breakables > 0;

    public Outer EnterFunction()
    {
        var outer = new Outer(boundary, loops, breakables);
        (boundary, loops, breakables) = (labels.Count, 0, 0);
        return outer;
    }

    public void LeaveFunction(Outer outer) => (boundary, loops, breakables) = (outer.Boundary, outer.Loops, outer.Breakables);

    public void EnterLoop()
    {
        loops++;
        breakables++;
    }

    public void LeaveLoop()
    {
        loops--;
        breakables--;
    }

    public void EnterSwitch() => breakables++;

    public void LeaveSwitch() => breakables--;

    public void Push(int name, bool isLoop) => labels.Add((name, isLoop));

    public void Pop() => labels.RemoveAt(labels.Count - 1);

    /// <summary>Null: no such label in this function; else whether it names a loop. Labels nest as deep as statements, so this is bounded.</summary>
    public bool? Find(int name)
    {
        for (var i = labels.Count - 1; i >= boundary; i--)
        {
            if (labels[i].Name == name)
            {
                return labels[i].IsLoop;
            }
        }

        return null;
    }

    /// <summary>The label exists, but in an outer function.</summary>
    public bool IsBeyondFunction(int name)
    {
        for (var i = boundary - 1; i >= 0; i--)
        {
            if (labels[i].Name == name)
            {
                return true;
            }
        }

        return false;
    }
}
