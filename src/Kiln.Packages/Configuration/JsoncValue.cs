using System.Text.Json;

namespace Kiln.Packages.Configuration;

/// <summary>A place in a text file, both numbers from 1; columns count UTF-16 units.</summary>
public readonly record struct TextPlace(int Line, int Column)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Line}:{Column}");
}

/// <summary>One value of a configuration file, with its place for messages.</summary>
public sealed class JsoncValue
{
    internal JsoncValue(JsonValueKind kind, TextPlace place, string? text = null, IReadOnlyList<JsoncMember>? members = null, IReadOnlyList<JsoncValue>? items = null)
    {
        Kind = kind;
        Place = place;
        Text = text;
        Members = members ?? [];
        Items = items ?? [];
    }

    public JsonValueKind Kind { get; }
    public TextPlace Place { get; }

    /// <summary>The decoded string, or the number as it was written; null for other kinds.</summary>
    public string? Text { get; }

    /// <summary>Members in the order of the file; names are unique.</summary>
    public IReadOnlyList<JsoncMember> Members { get; }

    public IReadOnlyList<JsoncValue> Items { get; }

    /// <summary>The member's value; null when it is absent or JSON <c>null</c>.</summary>
    public JsoncValue? Find(string name)
    {
        foreach (var member in Members)
        {
            if (string.Equals(member.Name, name, StringComparison.Ordinal))
            {
                return member.Value.Kind == JsonValueKind.Null ? null : member.Value;
            }
        }

        return null;
    }

    /// <summary>The kind in the words of a message: "a string", "an object".</summary>
    public string KindInWords => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };
}

public readonly record struct JsoncMember(string Name, TextPlace Place, JsoncValue Value);

/// <summary>Why a text is not readable, and where.</summary>
public sealed record JsoncError(string Message, TextPlace Place);
