namespace Kiln.Fuzz.Targets;

/// <summary>The targets by name. Each takes one text, and throws when something does not hold that must hold for every text.</summary>
internal static class FuzzTarget
{
    public static readonly string[] Names = ["lexer", "parser", "emitter", "declarations"];

    public static Action<string> Find(string name) => name switch
    {
        "lexer" => LexerTarget.Run,
        "parser" => ParserTarget.Run,
        "emitter" => EmitterTarget.Run,
        "declarations" => DeclarationsTarget.Run,
        _ => throw new ArgumentException($"There is no target {name}; there are {string.Join(", ", Names)}."),
    };

    /// <summary>An assertion; a violation is what the fuzzer calls a crash.</summary>
    public static void Check(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }
}
