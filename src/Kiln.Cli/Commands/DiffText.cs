using System.Globalization;
using System.Text;
using Kiln.Analysis.Docs.Difference;

namespace Kiln.Cli.Commands;

/// <summary>A difference for people: by entry point and symbol, the signatures before and after, and why each change weighs what it does.</summary>
internal sealed class DiffText(DiffSide before, DiffSide after, Style style)
{
    private readonly StringBuilder text = new();

    public string Write(ApiDifference difference, ChangeSeverity least)
    {
        foreach (var module in difference.Modules)
        {
            if (module.Severity >= least)
            {
                Write(module, least);
            }
        }

        return text.ToString();
    }

    private void Write(ModuleDifference module, ChangeSeverity least)
    {
        var name = module.Name == "." ? "main entry point" : Terminal.Clean(module.Name);
        text.Append(CultureInfo.InvariantCulture, $"{style.Place}{name}{style.End}\n");
        foreach (var change in module.Changes.Where(c => c.Severity >= least))
        {
            WriteReason(change, "  ");
        }

        foreach (var symbol in module.Symbols.Where(s => s.Severity >= least))
        {
            Write(symbol, least);
        }

        text.Append('\n');
    }

    private void Write(SymbolDifference symbol, ChangeSeverity least)
    {
        var mark = symbol.Status switch { ChangeStatus.Added => $"{style.Added}+", ChangeStatus.Removed => $"{style.Error}-", _ => $"{style.Warning}~" };
        var renamed = symbol.OldName is null ? "" : $" {style.Gutter}was{style.End} {Terminal.Clean(symbol.OldName)}";
        var note = symbol.IsPrivate ? $" {style.Gutter}(not exported, but part of exported types){style.End}" : "";
        text.Append(CultureInfo.InvariantCulture, $"  {mark}{style.End} {style.Place}{Terminal.Clean(symbol.Name)}{style.End}{renamed}{note}\n");

        // Changes of one signature stand under it once.
        (string? Old, string? New) shown = default;
        foreach (var change in symbol.Changes.Where(c => c.Severity >= least))
        {
            if ((change.Old, change.New) != shown)
            {
                shown = (change.Old, change.New);
                WriteSignature('-', style.Error, change.New == change.Old ? null : change.Old);
                WriteSignature('+', style.Added, change.New == change.Old ? null : change.New);
            }

            WriteReason(change, "      ");
        }
    }

    private void WriteSignature(char mark, string color, string? signature)
    {
        if (signature is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {color}{mark} {Terminal.Clean(signature)}{style.End}\n");
        }
    }

    private void WriteReason(ApiChange change, string indent)
    {
        var color = change.Severity switch { ChangeSeverity.Major => style.Error, ChangeSeverity.Minor => style.Warning, _ => style.Note };
        var member = change.Member is null || change.Message.Contains($"`{change.Member}`", StringComparison.Ordinal) ? "" : $"{Terminal.Clean(change.Member)}: ";
        var place = change.NewLocation is { } added ? $"  {style.Gutter}{Terminal.Clean(after.PathOf(added.FileName))}:{added.Line + 1}:{added.Column + 1}{style.End}"
            : change.OldLocation is { } removed ? $"  {style.Gutter}{Terminal.Clean(before.PathOf(removed.FileName))}:{removed.Line + 1}:{removed.Column + 1} before{style.End}"
            : "";
        text.Append(CultureInfo.InvariantCulture, $"{indent}{color}{DifferenceJson.WordOf(change.Severity)}{style.End} {member}{Terminal.Clean(change.Message)} {style.Gutter}[{change.Rule}]{style.End}{place}\n");
    }
}
