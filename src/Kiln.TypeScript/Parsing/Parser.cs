namespace Kiln.TypeScript;

/// <summary>Parses one file of TypeScript or JavaScript: text in, tree and side tables out. Never throws for any text; takes linear time.</summary>
public static class Parser
{
    /// <param name="text">The file without a byte order mark.</param>
    /// <param name="language">Decides whether types, JSX and ambient rules apply.</param>
    /// <param name="options">Null means the defaults.</param>
    public static SourceFile Parse(string text, Language language, ParseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= ParseOptions.Default;

        return StackGuard.Run(guard => Parse(text, language, options.Goal, guard));
    }

    private static SourceFile Parse(string text, Language language, SourceGoal goal, StackGuard guard)
    {
        // 1. `await` is a name at the top level until something shows that the file is a module.
        var parser = new FileParser(text, language, goal, awaitAtTopLevel: goal == SourceGoal.Module, guard);
        var file = parser.ParseFile();

        // 2. Only a module that used `await` in a way that could be either, as in `await (x)`, is read again.
        return file.IsModule && parser.ReadAwaitAsName && goal == SourceGoal.Detect ? new FileParser(text, language, goal, awaitAtTopLevel: true, guard).ParseFile() : file;
    }
}
