using System.Collections.Immutable;
using System.Text.Json;

namespace Kiln.Packages.Scoring;

/// <summary>The score of a package (registry.md §6): what stands for how well it can be used, as points with their reasons.</summary>
public sealed class PackageScore
{
    /// <summary>The sum of all criteria.</summary>
    public const int Maximum = 18;

    /// <summary>What gives 100 %: one point may be missed (registry.md §11, 30).</summary>
    public const int FullMarks = 17;

    private PackageScore(ScoreInputs inputs, PackageFacts? facts, ImmutableArray<ScoreCriterion> criteria)
    {
        Inputs = inputs;
        Facts = facts;
        Criteria = criteria;
        Total = criteria.Sum(c => c.Points);
        KnownMaximum = criteria.Where(c => c.State != ScoreState.Unknown).Sum(c => c.Maximum);
    }

    public ScoreInputs Inputs { get; }

    /// <summary>Null in a local folder, where nobody knows them.</summary>
    public PackageFacts? Facts { get; }

    /// <summary>In the order of registry.md §6.</summary>
    public ImmutableArray<ScoreCriterion> Criteria { get; }

    /// <summary>Points, from 0 to <see cref="Maximum"/>.</summary>
    public int Total { get; }

    /// <summary>What the criteria that are known give at most; <see cref="Maximum"/> with facts.</summary>
    public int KnownMaximum { get; }

    /// <summary>From 0 to 100. What is not known counts as missed: see <see cref="BestPercentage"/>.</summary>
    public int Percentage => PercentageOf(Total);

    /// <summary>The percentage if all that is not known were met; the same as <see cref="Percentage"/> with facts.</summary>
    public int BestPercentage => PercentageOf(Total + Maximum - KnownMaximum);

    /// <param name="inputs">Of the version.</param>
    /// <param name="facts">Null in a local folder; criteria of the registry are <see cref="ScoreState.Unknown"/> then.</param>
    public static PackageScore Compute(ScoreInputs inputs, PackageFacts? facts)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new PackageScore(inputs, facts, ScoreCriteria.Of(inputs, facts));
    }

    /// <summary>The object <c>Score</c> of the API (registry.md §2.2).</summary>
    public void WriteJson(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        WriteFields(writer);
        writer.WriteEndObject();
    }

    /// <summary>The members of <see cref="WriteJson"/>, and <c>maximum</c>, <c>percentage</c> and the criteria with their evidence.</summary>
    /// <param name="writer">Expects a value.</param>
    /// <param name="pathOf">From paths of the evidence to those that are to be shown; null for as they are.</param>
    public void WriteDetailedJson(Utf8JsonWriter writer, Func<string, string>? pathOf = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        WriteFields(writer);
        writer.WriteNumber("maximum", KnownMaximum);
        writer.WriteNumber("percentage", Percentage);
        if (Facts is null)
        {
            writer.WriteNumber("bestPercentage", BestPercentage);
        }

        writer.WriteStartArray("criteria");
        foreach (var criterion in Criteria)
        {
            ScoreJson.Write(writer, criterion, pathOf);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static int PercentageOf(int points) => Math.Min(points * 100 / FullMarks, 100);

    /// <summary>Facts that nobody knows are left out.</summary>
    private void WriteFields(Utf8JsonWriter writer)
    {
        writer.WriteBoolean("hasReadme", Inputs.HasReadme);
        writer.WriteBoolean("hasReadmeExamples", Inputs.Examples.Length > 0);
        writer.WriteBoolean("allEntrypointsDocs", Inputs.EntryPointsWithoutDocumentation.Length == 0);
        writer.WriteStartArray("entrypointsWithoutDocs");
        foreach (var entry in Inputs.EntryPointsWithoutDocumentation)
        {
            writer.WriteStringValue(entry.Text);
        }

        writer.WriteEndArray();
        writer.WriteNumber("percentageDocumentedSymbols", Inputs.DocumentedShare);
        writer.WriteBoolean("allFastCheck", Inputs.SlowTypes == 0);
        if (Facts is not null)
        {
            writer.WriteBoolean("hasProvenance", Facts.HasProvenance);
            writer.WriteBoolean("hasDescription", Facts.Description.Length > 0);
            writer.WriteBoolean("atLeastOneRuntimeCompatible", Facts.CompatibleRuntimes.Count >= 1);
            writer.WriteBoolean("multipleRuntimesCompatible", Facts.CompatibleRuntimes.Count >= 2);
        }

        writer.WriteNumber("total", Total);
    }
}
