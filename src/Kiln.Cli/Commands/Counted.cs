using System.Globalization;

namespace Kiln.Cli.Commands;

/// <summary>Numbers with their nouns in messages: <c>1 file</c>, <c>2 files</c>.</summary>
internal static class Counted
{
    public static string Of(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
