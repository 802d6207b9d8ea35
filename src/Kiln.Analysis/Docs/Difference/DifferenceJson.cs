using System.Text.Json;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>A difference for programs. docs/diff.md describes the members.</summary>
public static class DifferenceJson
{
    /// <summary>The members <c>verdict</c>, <c>changes</c> (numbers by verdict) and <c>modules</c>, into an object that is open.</summary>
    /// <param name="writer">Stands in an object.</param>
    /// <param name="difference">What to write.</param>
    /// <param name="oldPathOf">From specifiers of the old side to paths as they are to be shown.</param>
    /// <param name="newPathOf">The same for the new side.</param>
    public static void WriteMembers(Utf8JsonWriter writer, ApiDifference difference, Func<string, string> oldPathOf, Func<string, string> newPathOf)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentNullException.ThrowIfNull(oldPathOf);
        ArgumentNullException.ThrowIfNull(newPathOf);
        writer.WriteString("verdict", WordOf(difference.Severity));
        writer.WriteStartObject("changes");
        foreach (var severity in (ChangeSeverity[])[ChangeSeverity.Major, ChangeSeverity.Minor, ChangeSeverity.Patch])
        {
            writer.WriteNumber(WordOf(severity), difference.Count(severity));
        }

        writer.WriteEndObject();
        writer.WriteStartArray("modules");
        foreach (var module in difference.Modules)
        {
            writer.WriteStartObject();
            writer.WriteString("name", module.Name);
            writer.WriteString("status", WordOf(module.Status));
            writer.WriteString("verdict", WordOf(module.Severity));
            WriteChanges(writer, module.Changes, oldPathOf, newPathOf);
            writer.WriteStartArray("symbols");
            foreach (var symbol in module.Symbols)
            {
                Write(writer, symbol, oldPathOf, newPathOf);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static string WordOf(ChangeSeverity severity) => severity switch
    {
        ChangeSeverity.None => "none",
        ChangeSeverity.Patch => "patch",
        ChangeSeverity.Minor => "minor",
        ChangeSeverity.Major => "major",
        _ => throw new InvalidOperationException($"No such severity: {severity}."),
    };

    public static string WordOf(ChangeStatus status) => status switch
    {
        ChangeStatus.Added => "added",
        ChangeStatus.Removed => "removed",
        ChangeStatus.Modified => "modified",
        ChangeStatus.Renamed => "renamed",
        _ => throw new InvalidOperationException($"No such status: {status}."),
    };

    private static void Write(Utf8JsonWriter writer, SymbolDifference symbol, Func<string, string> oldPathOf, Func<string, string> newPathOf)
    {
        writer.WriteStartObject();
        writer.WriteString("name", symbol.Name);
        if (symbol.OldName is not null)
        {
            writer.WriteString("oldName", symbol.OldName);
        }

        writer.WriteString("status", WordOf(symbol.Status));
        writer.WriteString("verdict", WordOf(symbol.Severity));
        writer.WriteStartArray("kinds");
        foreach (var kind in symbol.Kinds)
        {
            writer.WriteStringValue(WordOf(kind));
        }

        writer.WriteEndArray();
        if (symbol.IsPrivate)
        {
            writer.WriteBoolean("private", true);
        }

        WriteChanges(writer, symbol.Changes, oldPathOf, newPathOf);
        writer.WriteEndObject();
    }

    private static string WordOf(DocKind kind) => kind == DocKind.TypeAlias ? "typeAlias" : SymbolComparer.WordOf(kind);

    private static void WriteChanges(Utf8JsonWriter writer, IEnumerable<ApiChange> changes, Func<string, string> oldPathOf, Func<string, string> newPathOf)
    {
        writer.WriteStartArray("changes");
        foreach (var change in changes)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", change.Rule);
            writer.WriteString("verdict", WordOf(change.Severity));
            writer.WriteString("status", WordOf(change.Status));
            writer.WriteString("message", change.Message);
            WriteOptional(writer, "member", change.Member);
            WriteOptional(writer, "old", change.Old);
            WriteOptional(writer, "new", change.New);
            WritePlace(writer, "oldPlace", change.OldLocation, oldPathOf);
            WritePlace(writer, "newPlace", change.NewLocation, newPathOf);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WritePlace(Utf8JsonWriter writer, string name, DocLocation? place, Func<string, string> pathOf)
    {
        if (place is { } at)
        {
            writer.WriteStartObject(name);
            writer.WriteString("file", pathOf(at.FileName));
            writer.WriteNumber("line", at.Line + 1);
            writer.WriteNumber("column", at.Column + 1);
            writer.WriteEndObject();
        }
    }
}
