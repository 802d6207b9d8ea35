namespace Kiln.Conformance.Test262;

/// <summary>One file of test262 with what its metadata block says about parsing (test262's INTERPRETING.md).</summary>
/// <param name="Name">Below <c>test/</c>.</param>
/// <param name="MustFail">An engine refuses it before it runs a line: <c>negative: phase: parse</c>.</param>
internal sealed record Test262Case(string Name, string Text, bool MustFail, bool IsModule, bool IsRaw, bool OnlyStrict, bool NoStrict)
{
    public static Test262Case Read(string root, string path)
    {
        var text = File.ReadAllText(path);
        var start = text.IndexOf("/*---", StringComparison.Ordinal);
        var end = text.IndexOf("---*/", StringComparison.Ordinal);
        var metadata = start >= 0 && end > start ? text[(start + 5)..end].ReplaceLineEndings("\n") : "";
        var flags = Value(metadata, "flags");
        var negative = metadata.Contains("\nnegative:", StringComparison.Ordinal) || metadata.StartsWith("negative:", StringComparison.Ordinal);
        return new Test262Case(
            Path.GetRelativePath(root, path),
            text,
            negative && metadata.Contains("phase: parse", StringComparison.Ordinal),
            flags.Contains("module", StringComparison.Ordinal),
            flags.Contains("raw", StringComparison.Ordinal),
            flags.Contains("onlyStrict", StringComparison.Ordinal),
            flags.Contains("noStrict", StringComparison.Ordinal));
    }

    /// <summary>The texts that the case stands for: a script is run as it is and, unless it says otherwise, also in strict mode.</summary>
    public IEnumerable<string> Variants()
    {
        if (!OnlyStrict)
        {
            yield return Text;
        }

        if (OnlyStrict || !(NoStrict || IsRaw || IsModule))
        {
            yield return "\"use strict\";\n" + Text;
        }
    }

    /// <summary>The rest of the key's line and, for a block list, the lines that belong to it.</summary>
    private static string Value(string metadata, string key)
    {
        var at = ("\n" + metadata).IndexOf("\n" + key + ":", StringComparison.Ordinal);
        if (at < 0)
        {
            return "";
        }

        var rest = metadata[at..];
        var end = rest.IndexOf('\n', StringComparison.Ordinal);
        while (end >= 0 && end + 1 < rest.Length && rest[end + 1] is ' ' or '-')
        {
            end = rest.IndexOf('\n', end + 1);
        }

        return end < 0 ? rest : rest[..end];
    }
}
