using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiln.Analysis.Docs.Difference;
using Kiln.Packages.Versions;

namespace Kiln.Cli.Commands;

/// <summary><c>kiln diff</c>: what has changed between two versions of an API, and what that means for the version number.</summary>
internal static class DiffCommand
{
    private const string Never = "never";
    private const string ForVersion = "version";

    public static Command Create()
    {
        var old = new Argument<string>("OLD") { Description = "The version before: a package's folder, a module, a tarball (.tgz), or what 'kiln doc --json' has written (.json)" };
        var @new = new Argument<string>("NEW") { Description = "The version after, in any of these forms" };
        var json = new Option<bool>("--json") { Description = "One JSON object, with all changes" };
        var all = new Option<bool>("--all") { Description = "Documentation and names of parameters too, which nobody's code notices" };
        var failOn = new Option<string>("--fail-on") { Description = "Exit code 1 from this weight on (major, minor, patch), or when the two versions do not fit the changes (version)", DefaultValueFactory = _ => Never, HelpName = "WHAT" };
        failOn.AcceptOnlyFromAmong("major", "minor", "patch", ForVersion, Never);
        var color = Colors.Option();
        var command = new Command(
            "diff",
            """
            Compare the public API of two versions, and say which part of the version number has to rise

            Every change has a verdict: major (code that was right may not compile any more), minor (something is new) or patch, and the reason for it. Types are
            compared as they are written, without a type checker: where it cannot be told that a new type takes all that the old one took, the change is major.
            docs/diff.md explains every rule. When both sides have a version, it is said whether the step between them is large enough.

            Exit code 0: compared; 1: --fail-on applies; 2: an argument is wrong or cannot be read.
            """) { old, @new, json, all, failOn, color };
        command.SetAction((arguments, cancellationToken) => Task.FromResult(Run(
            arguments.GetRequiredValue(old),
            arguments.GetRequiredValue(@new),
            arguments.GetValue(json),
            arguments.GetValue(all) ? ChangeSeverity.Patch : ChangeSeverity.Minor,
            arguments.GetRequiredValue(failOn),
            Colors.ForOutput(arguments.GetRequiredValue(color)),
            Colors.ForErrors(arguments.GetRequiredValue(color)),
            cancellationToken)));
        return command;
    }

    private static int Run(string old, string @new, bool json, ChangeSeverity least, string failOn, Style style, Style errors, CancellationToken cancellationToken)
    {
        DiffSide before;
        DiffSide after;
        try
        {
            if (DiffSide.Read(old, errors, out var problem, cancellationToken) is not { } first || DiffSide.Read(@new, errors, out problem, cancellationToken) is not { } second)
            {
                Console.Error.WriteLine($"kiln: {problem}");
                return 2;
            }

            (before, after) = (first, second);
        }
        catch (Exception e) when (PackageFolder.Unreadable(e) is { } problem)
        {
            Console.Error.WriteLine($"kiln: {problem.Message}");
            return 2;
        }

        var difference = ApiDifference.Compare(before.ModulesFor(after), after.ModulesFor(before), cancellationToken);
        var versions = Versions.Of(before, after, difference.Severity);
        if (json)
        {
            WriteJson(difference, before, after, versions);
        }
        else
        {
            using var output = Console.OpenStandardOutput();
            output.Write(Encoding.UTF8.GetBytes(new DiffText(before, after, style).Write(difference, least)));
            output.Flush();
            Console.Error.WriteLine(Summary(difference, least));
            if (versions is not null)
            {
                Console.Error.WriteLine(versions.Sentence(errors));
            }
        }

        return failOn switch
        {
            Never => 0,
            ForVersion => versions is { Fits: false } ? 1 : 0,
            _ => difference.Severity >= Enum.Parse<ChangeSeverity>(failOn, ignoreCase: true) ? 1 : 0,
        };
    }

    private static string Summary(ApiDifference difference, ChangeSeverity least)
    {
        if (difference.Severity == ChangeSeverity.None)
        {
            return "no change";
        }

        var counts = ((ChangeSeverity[])[ChangeSeverity.Major, ChangeSeverity.Minor, ChangeSeverity.Patch])
            .Where(s => difference.Count(s) > 0)
            .Select(s => string.Create(CultureInfo.InvariantCulture, $"{difference.Count(s)} {DifferenceJson.WordOf(s)}"));
        var hidden = least > ChangeSeverity.Patch && difference.Count(ChangeSeverity.Patch) > 0 ? "; --all shows those that nobody's code notices" : "";
        return $"{DifferenceJson.WordOf(difference.Severity)}: {string.Join(", ", counts)}{hidden}";
    }

    private static void WriteJson(ApiDifference difference, DiffSide before, DiffSide after, Versions? versions)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, PackageReport.JsonOptions))
        {
            writer.WriteStartObject();
            WriteSide(writer, "old", before);
            WriteSide(writer, "new", after);
            if (versions is not null)
            {
                writer.WriteBoolean("versionFits", versions.Fits);
                writer.WriteString("nextVersion", versions.Next);
            }

            DifferenceJson.WriteMembers(writer, difference, before.PathOf, after.PathOf);
            writer.WriteEndObject();
        }

        using var output = Console.OpenStandardOutput();
        output.Write([.. buffer.WrittenSpan, (byte)'\n']);
    }

    private static void WriteSide(Utf8JsonWriter writer, string name, DiffSide side)
    {
        writer.WriteStartObject(name);
        writer.WriteString("source", side.Argument);
        if (side.Name is not null)
        {
            writer.WriteString("name", side.Name);
        }

        if (side.Version is not null)
        {
            writer.WriteString("version", side.Version);
        }

        writer.WriteEndObject();
    }

    /// <summary>The versions of both sides, and whether the step between them is large enough.</summary>
    private sealed record Versions(string Old, string New, bool Fits, bool IsNewer, string Next, ChangeSeverity Severity)
    {
        /// <summary>Null when one of them has none.</summary>
        public static Versions? Of(DiffSide before, DiffSide after, ChangeSeverity severity)
        {
            if (!PackageVersion.TryParse(before.Version, out var old) || !PackageVersion.TryParse(after.Version, out var @new))
            {
                return null;
            }

            // The same version twice is a version in the making: nothing to compare but for an API that stays as it is.
            return new Versions(old.Value, @new.Value, severity == ChangeSeverity.None || VersionStep.Allows(old, @new) >= severity, @new.CompareTo(old) > 0, VersionStep.Next(old, severity), severity);
        }

        public string Sentence(Style style)
        {
            var severity = DifferenceJson.WordOf(Severity);
            return Fits ? $"{Old} → {New} fits"
                : IsNewer ? $"{style.Error}{Old} → {New}{style.End} is too small a step for {severity} changes: they ask for {Next}"
                : $"{style.Error}{Old} → {New}{style.End} is no step: {severity} changes ask for {Next}";
        }
    }
}
