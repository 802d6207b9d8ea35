using System.Collections.Immutable;
using System.Text.Json;

namespace Kiln.Packages.Scoring;

/// <summary>The parts of a score in JSON that stored inputs and answers share.</summary>
internal static class ScoreJson
{
    public static void Write(Utf8JsonWriter writer, ScoreCriterion criterion, Func<string, string>? pathOf)
    {
        writer.WriteStartObject();
        writer.WriteString("key", criterion.Key);
        writer.WriteString("title", criterion.Title);
        writer.WriteNumber("points", criterion.Points);
        writer.WriteNumber("maximum", criterion.Maximum);
        writer.WriteString("state", criterion.State switch
        {
            ScoreState.Missed => "missed",
            ScoreState.Partly => "partly",
            ScoreState.Met => "met",
            ScoreState.Unknown => "unknown",
            _ => throw new InvalidOperationException($"No such state: {criterion.State}."),
        });
        writer.WriteString("explanation", criterion.Explanation);
        if (criterion.Advice is not null)
        {
            writer.WriteString("advice", criterion.Advice);
        }

        if (criterion.EvidenceCount > 0)
        {
            writer.WriteNumber("evidenceCount", criterion.EvidenceCount);
            WritePlaces(writer, "evidence", criterion.Evidence, pathOf);
        }

        writer.WriteEndObject();
    }

    /// <summary>Nothing when there are none.</summary>
    public static void WritePlaces(Utf8JsonWriter writer, string name, ImmutableArray<ScorePlace> places, Func<string, string>? pathOf = null)
    {
        if (places.Length == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var place in places)
        {
            writer.WriteStartObject();
            writer.WriteString("text", place.Text);
            if (place.Path is not null)
            {
                writer.WriteString("path", pathOf is null ? place.Path : pathOf(place.Path));
            }

            if (place.Line > 0)
            {
                writer.WriteNumber("line", place.Line);
            }

            if (place.Column > 0)
            {
                writer.WriteNumber("column", place.Column);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
