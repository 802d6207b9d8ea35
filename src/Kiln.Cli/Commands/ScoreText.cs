using System.Globalization;
using System.Text;
using Kiln.Packages.Scoring;

namespace Kiln.Cli.Commands;

/// <summary>A score for people: a bar, and for each criterion what was found and what to do.</summary>
internal sealed class ScoreText(Style style, Func<string, string> pathOf, int maxPlaces)
{
    private const int BarWidth = 40;
    private readonly StringBuilder text = new();

    public string Write(string name, PackageScore score)
    {
        var percentage = score.Percentage == score.BestPercentage
            ? string.Create(CultureInfo.InvariantCulture, $"{score.Percentage} %")
            : string.Create(CultureInfo.InvariantCulture, $"{score.Percentage} % from the files alone, up to {score.BestPercentage} % with what is set on the registry");
        text.Append(CultureInfo.InvariantCulture, $"{style.Place}{Terminal.Clean(name)}{style.End}  {percentage}\n");
        WriteBar(score);
        text.Append(CultureInfo.InvariantCulture, $"{score.Total} of {score.KnownMaximum} points; {PackageScore.FullMarks} of {PackageScore.Maximum} are 100 %\n\n");
        foreach (var criterion in score.Criteria)
        {
            Write(criterion);
        }

        return text.ToString();
    }

    /// <summary>Full for what has been reached, shaded for what only the registry knows.</summary>
    private void WriteBar(PackageScore score)
    {
        var reached = score.Percentage * BarWidth / 100;
        var possible = score.BestPercentage * BarWidth / 100;
        text.Append(style.Added).Append('█', reached).Append(style.End)
            .Append(style.Gutter).Append('▒', possible - reached).Append(style.End)
            .Append('░', BarWidth - possible).Append('\n');
    }

    private void Write(ScoreCriterion criterion)
    {
        var (mark, color) = criterion.State switch
        {
            ScoreState.Met => ('✓', style.Added),
            ScoreState.Partly => ('◐', style.Warning),
            ScoreState.Missed => ('✗', style.Error),
            _ => ('?', style.Gutter),
        };
        var points = criterion.State == ScoreState.Unknown ? "–" : criterion.Points.ToString(CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"{color}{mark}{style.End} {style.Place}{criterion.Title}{style.End} {style.Gutter}{points}/{criterion.Maximum}{style.End}  {Terminal.Clean(criterion.Explanation)}\n");
        if (criterion.Advice is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {style.Note}to do:{style.End} {criterion.Advice}\n");
        }

        // What is missing where points are; of what is met the text says enough.
        if (criterion.State is ScoreState.Met or ScoreState.Unknown)
        {
            return;
        }

        foreach (var place in criterion.Evidence.Take(maxPlaces))
        {
            WritePlace(place);
        }

        var more = criterion.EvidenceCount - Math.Min(maxPlaces, criterion.Evidence.Length);
        if (more > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {style.Gutter}… and {more} more{style.End}\n");
        }
    }

    private void WritePlace(ScorePlace place)
    {
        var at = place.Path is null ? ""
            : place.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{pathOf(place.Path)}:{place.Line}{(place.Column > 0 ? $":{place.Column}" : "")}")
            : pathOf(place.Path);
        text.Append(CultureInfo.InvariantCulture, $"    {style.Gutter}{Terminal.Clean(at)}{style.End}{(at.Length > 0 ? "  " : "")}{Terminal.Clean(place.Text)}\n");
    }
}
