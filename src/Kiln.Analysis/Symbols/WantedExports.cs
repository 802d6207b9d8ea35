namespace Kiln.Analysis.Symbols;

/// <summary>Which exports of one module are wanted. Each is handed out once; who wants a name as a whole leaves nothing to ask of its parts.</summary>
internal sealed class WantedExports
{
    private readonly HashSet<string> wholeNames = new(StringComparer.Ordinal);
    private readonly HashSet<(string Name, string Path)> paths = [];
    private List<(string Name, ReferencePath Path)> waiting = [];
    private bool isAll;
    private bool isAllWaiting;

    /// <summary>All but <c>default</c>, and that one if told so. False when there is nothing new.</summary>
    public bool AddAll(bool withDefault)
    {
        var isNew = withDefault && Add("default", ReferencePath.Empty);
        if (isAll)
        {
            return isNew;
        }

        isAll = isAllWaiting = true;
        return true;
    }

    /// <summary>One name, or what the path selects in it. False when there is nothing new.</summary>
    public bool Add(string name, ReferencePath path)
    {
        if (wholeNames.Contains(name) || (isAll && name != "default"))
        {
            return false;
        }

        if (path.Length == 0 ? !wholeNames.Add(name) : !paths.Add((name, path.Key)))
        {
            return false;
        }

        waiting.Add((name, path));
        return true;
    }

    public bool TakeAll()
    {
        var result = isAllWaiting;
        isAllWaiting = false;
        return result;
    }

    /// <summary>In the order in which they were added.</summary>
    public List<(string Name, ReferencePath Path)> TakeNames()
    {
        var names = waiting;
        waiting = [];
        names.RemoveAll(item => item.Path.Length == 0 ? isAll && item.Name != "default" : wholeNames.Contains(item.Name) || (isAll && item.Name != "default"));
        return names;
    }
}
