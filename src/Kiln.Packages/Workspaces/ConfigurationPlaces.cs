using System.Text;
using Kiln.Packages.Configuration;
using Kiln.Packages.Publishing;

namespace Kiln.Packages.Workspaces;

/// <summary>Makes diagnostics that point into configuration files.</summary>
internal static class ConfigurationPlaces
{
    public static PublishDiagnostic At(string code, string message, string path, TextPlace place) =>
        new(code, DiagnosticSeverity.Error, message, path, place, place);

    /// <summary>At a value of the file, up to its end when it is a string or a word.</summary>
    public static PublishDiagnostic At(string code, string message, ConfigurationFile file, JsoncValue value) =>
        new(code, DiagnosticSeverity.Error, message, file.Path, value.Place, EndOf(file, value.Place));

    /// <summary>At the name of a member of the file, or at the file's start when there is none.</summary>
    public static PublishDiagnostic At(string code, string message, ConfigurationFile file, string member)
    {
        foreach (var candidate in file.Root.Members)
        {
            if (candidate.Name == member)
            {
                return new(code, DiagnosticSeverity.Error, message, file.Path, candidate.Place, EndOf(file, candidate.Place));
            }
        }

        return new(code, DiagnosticSeverity.Error, message, file.Path);
    }

    /// <summary>The end of the token at a place; of an object or array its opening bracket alone.</summary>
    public static TextPlace EndOf(ConfigurationFile file, TextPlace place)
    {
        var lines = Encoding.UTF8.GetString(file.Bytes.Span).TrimStart('\uFEFF').Split('\n');
        if (place.Line > lines.Length || place.Column > lines[place.Line - 1].Length)
        {
            return place;
        }

        var line = lines[place.Line - 1].AsSpan(place.Column - 1);
        var length = 1;
        if (line[0] == '"')
        {
            while (length < line.Length && line[length] != '"')
            {
                length += line[length] == '\\' ? 2 : 1;
            }

            length++;
        }
        else
        {
            while (length < line.Length && char.IsLetterOrDigit(line[0]) && (char.IsLetterOrDigit(line[length]) || line[length] is '.' or '-' or '+'))
            {
                length++;
            }
        }

        return place with { Column = place.Column + Math.Min(length, line.Length) };
    }
}
