using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Kiln.Packages.Configuration;

/// <summary>
/// Reads JSON with comments and trailing commas from an untrusted file. Refuses what later readers would disagree about: duplicate names,
/// U+0000, lone surrogates, more than <see cref="MaxDepth"/> levels, bytes that are not UTF-8.
/// </summary>
public static class JsoncReader
{
    public const int MaxDepth = 64;

    /// <summary>In bytes. Configuration files have a few kilobytes.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    /// <summary>Reads one document. A byte order mark is skipped.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out JsoncValue? value, [NotNullWhen(false)] out JsoncError? error)
    {
        value = null;
        error = null;
        if (utf8.StartsWith("\ufeff"u8))
        {
            utf8 = utf8[3..];
        }

        if (utf8.Length > MaxLength)
        {
            error = new JsoncError($"The file is larger than {MaxLength} bytes.", new TextPlace(1, 1));
            return false;
        }

        if (!Utf8.IsValid(utf8))
        {
            error = new JsoncError("The file is not valid UTF-8.", PlaceOf(utf8, FirstInvalidByte(utf8)));
            return false;
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MaxDepth });
        var places = new PlaceCursor(utf8);
        try
        {
            if (!reader.Read())
            {
                error = new JsoncError("The file is empty.", new TextPlace(1, 1));
                return false;
            }

            value = ReadValue(ref reader, ref places, ref error);

            // Finds anything but trivia after the document.
            if (error is null && reader.Read())
            {
                error = new JsoncError("Text follows the end of the document.", places.MoveTo((int)reader.TokenStartIndex));
            }
        }
        catch (JsonException e)
        {
            error = utf8.IndexOfAnyExcept(" \t\r\n"u8) < 0
                ? new JsoncError("The file is empty.", new TextPlace(1, 1))
                : new JsoncError(Clean(e.Message), PlaceOf(utf8, OffsetOf(utf8, e)));
        }

        value = error is null ? value : null;
        return error is null && value is not null;
    }

    /// <summary>Recursion is bounded by the reader's own depth limit.</summary>
    private static JsoncValue? ReadValue(ref Utf8JsonReader reader, ref PlaceCursor places, ref JsoncError? error)
    {
        var place = places.MoveTo((int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader, ref places, place, ref error);
            case JsonTokenType.StartArray:
                var items = new List<JsoncValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (ReadValue(ref reader, ref places, ref error) is not { } item)
                    {
                        return null;
                    }

                    items.Add(item);
                }

                return new JsoncValue(JsonValueKind.Array, place, items: items);
            case JsonTokenType.String:
                return ReadString(ref reader, place, ref error) is { } text ? new JsoncValue(JsonValueKind.String, place, text) : null;
            case JsonTokenType.Number:
                return new JsoncValue(JsonValueKind.Number, place, Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.True:
                return new JsoncValue(JsonValueKind.True, place);
            case JsonTokenType.False:
                return new JsoncValue(JsonValueKind.False, place);
            case JsonTokenType.Null:
                return new JsoncValue(JsonValueKind.Null, place);
            default:
                throw new InvalidOperationException($"Unexpected token {reader.TokenType}.");
        }
    }

    private static JsoncValue? ReadObject(ref Utf8JsonReader reader, ref PlaceCursor places, TextPlace place, ref JsoncError? error)
    {
        var members = new List<JsoncMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var namePlace = places.MoveTo((int)reader.TokenStartIndex);
            if (ReadString(ref reader, namePlace, ref error) is not { } name)
            {
                return null;
            }

            if (!names.Add(name))
            {
                error = new JsoncError($"The name \"{name}\" occurs twice in one object. Remove one of the two.", namePlace);
                return null;
            }

            reader.Read();
            if (ReadValue(ref reader, ref places, ref error) is not { } value)
            {
                return null;
            }

            members.Add(new JsoncMember(name, namePlace, value));
        }

        return new JsoncValue(JsonValueKind.Object, place, members: members);
    }

    private static string? ReadString(ref Utf8JsonReader reader, TextPlace place, ref JsoncError? error)
    {
        if (reader.ValueIsEscaped && HasLoneSurrogate(reader.ValueSpan))
        {
            error = new JsoncError("A string holds half of a surrogate pair (\\ud800 to \\udfff), which is no character.", place);
            return null;
        }

        var text = reader.GetString()!;
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            error = new JsoncError("A string holds the character U+0000.", place);
            return null;
        }

        return text;
    }

    /// <summary>Only escapes can make one: the bytes are valid UTF-8. The reader has checked that four hexadecimal digits follow.</summary>
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        var highPending = false;
        for (var i = 0; i < escaped.Length;)
        {
            if (escaped[i] != '\\')
            {
                if (highPending)
                {
                    return true;
                }

                i++;
                continue;
            }

            var unit = escaped[i + 1] == 'u' && System.Buffers.Text.Utf8Parser.TryParse(escaped.Slice(i + 2, 4), out int code, out _, 'x') ? code : 0;
            var low = unit is >= 0xDC00 and <= 0xDFFF;
            if (low != highPending)
            {
                return true;
            }

            highPending = unit is >= 0xD800 and <= 0xDBFF;
            i += escaped[i + 1] == 'u' ? 6 : 2;
        }

        return highPending;
    }

    private static TextPlace PlaceOf(ReadOnlySpan<byte> utf8, int offset) => new PlaceCursor(utf8).MoveTo(offset);

    /// <summary>Turns growing offsets into places; all of them together cost one pass over the file.</summary>
    private ref struct PlaceCursor(ReadOnlySpan<byte> utf8)
    {
        private readonly ReadOnlySpan<byte> utf8 = utf8;
        private int at;
        private int line = 1;
        private int column = 1;

        public TextPlace MoveTo(int offset)
        {
            var passed = utf8[at..Math.Clamp(offset, at, utf8.Length)];
            at += passed.Length;
            var lineEnd = passed.LastIndexOf((byte)'\n');
            if (lineEnd >= 0)
            {
                line += passed.Count((byte)'\n');
                column = 1;
                passed = passed[(lineEnd + 1)..];
            }

            column += Encoding.UTF8.GetCharCount(passed);
            return new TextPlace(line, column);
        }
    }

    private static int OffsetOf(ReadOnlySpan<byte> utf8, JsonException e)
    {
        var offset = 0;
        for (var line = e.LineNumber ?? 0; line > 0; line--)
        {
            offset += utf8[offset..].IndexOf((byte)'\n') + 1;
        }

        return offset + (int)(e.BytePositionInLine ?? 0);
    }

    private static int FirstInvalidByte(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (at < utf8.Length && Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    /// <summary>The runtime's message without its own place and its advice to programmers.</summary>
    private static string Clean(string message)
    {
        foreach (var tail in (ReadOnlySpan<string>)[" LineNumber:", " Change the reader options", " Path:"])
        {
            var at = message.IndexOf(tail, StringComparison.Ordinal);
            message = at < 0 ? message : message[..at];
        }

        return message;
    }
}
