namespace Kiln.TypeScript;

/// <summary>The private names of the classes that are open. A class declares all of its own before anything inside is looked at.</summary>
internal sealed class PrivateNameTable
{
    private readonly List<State> states = [];
    private readonly List<(int Name, State Before)> declared = [];
    private readonly List<int> marks = [];

    [Flags]
    public enum Part : byte
    {
        Value = 1,
        Getter = 2,
        Setter = 4,
        Static = 8,
    }

    /// <param name="Class">How many classes were open where the name was declared innermost; 0 when it is not declared.</param>
    private readonly record struct State(int Class, Part Parts);

    public bool InClass => marks.Count > 0;

    public void EnterClass() => marks.Add(declared.Count);

    public void LeaveClass()
    {
        var mark = marks[^1];
        marks.RemoveAt(marks.Count - 1);
        for (var i = declared.Count - 1; i >= mark; i--)
        {
            states[declared[i].Name] = declared[i].Before;
        }

        declared.RemoveRange(mark, declared.Count - mark);
    }

    public bool IsDeclared(int name) => name < states.Count && states[name].Class > 0;

    /// <summary>False when the class has the name already and the two are not a getter and a setter of the same placement.</summary>
    public bool Declare(int name, Part part)
    {
        while (name >= states.Count)
        {
            states.Add(default);
        }

        var before = states[name];
        declared.Add((name, before));
        if (before.Class != marks.Count)
        {
            states[name] = new State(marks.Count, part);
            return true;
        }

        states[name] = before with { Parts = before.Parts | part };
        var isPair = ((before.Parts | part) & ~Part.Static) == (Part.Getter | Part.Setter) && (before.Parts & part & ~Part.Static) == 0;
        return isPair && (before.Parts & Part.Static) == (part & Part.Static);
    }
}
