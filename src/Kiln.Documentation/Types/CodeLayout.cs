using System.Text;
using Kiln.Documentation.Html;

namespace Kiln.Documentation.Types;

/// <summary>
/// Lays out a piece of code: a group stands on one line if it fits, else each of its line ends is a real one. Linear: the width of every group is known before the first
/// character is written. The columns are those of the text; markup around it does not count.
/// </summary>
internal sealed class CodeLayout
{
    /// <summary>docs.md §10.5.</summary>
    public const int Columns = 60;

    private const int IndentWidth = 2;

    /// <summary>What is shorter is not broken: three lines for two words help nobody.</summary>
    private const int ShortGroup = 20;

    private enum TokenKind : byte
    {
        Text,

        /// <summary>Text that only stands in a group that is broken.</summary>
        BrokenText,
        Line,
        Open,
        Close,
        Indent,
        Outdent,
    }

    /// <param name="Kind">What it is.</param>
    /// <param name="Text">Plain text; of a line end what stands in its place when its group is on one line.</param>
    /// <param name="Class">The class of the span around it.</param>
    /// <param name="Address">Where its link goes.</param>
    private readonly record struct Token(TokenKind Kind, string Text = "", string? Class = null, string? Address = null);

    private readonly List<Token> tokens = [];
    private readonly Stack<int> open = [];

    /// <summary>Of every token that opens a group where it ends.</summary>
    private readonly Dictionary<int, int> ends = [];

    public int Count => tokens.Count;

    public CodeLayout Text(string text, string? cssClass = null, string? address = null) => Add(new Token(TokenKind.Text, text, cssClass, address));

    public CodeLayout Keyword(string text) => Text(text, "td-kw");

    public CodeLayout Operator(string text) => Text(text, "td-op");

    public CodeLayout WhenBroken(string text) => Add(new Token(TokenKind.BrokenText, text));

    public CodeLayout Line(string flat = "") => Add(new Token(TokenKind.Line, flat));

    public CodeLayout Indent() => Add(new Token(TokenKind.Indent));

    public CodeLayout Outdent() => Add(new Token(TokenKind.Outdent));

    public CodeLayout Open()
    {
        open.Push(tokens.Count);
        return Add(new Token(TokenKind.Open));
    }

    public CodeLayout Close()
    {
        ends[open.Pop()] = tokens.Count;
        return Add(new Token(TokenKind.Close));
    }

    private CodeLayout Add(Token token)
    {
        tokens.Add(token);
        return this;
    }

    /// <summary>The markup, with lines ended by <c>\n</c>.</summary>
    public TrustedHtml ToHtml()
    {
        var writer = new HtmlWriter();
        Run((token, text) => Write(writer, token, text));
        return writer.ToHtml();
    }

    /// <summary>The same without markup.</summary>
    public string ToPlainText()
    {
        var text = new StringBuilder();
        Run((_, piece) => text.Append(piece));
        return text.ToString();
    }

    private void Run(Action<Token, string> write)
    {
        var (before, tail) = Measure();
        var column = 0;
        var indent = 0;

        // A space in front of a line end would stand at the end of the line.
        Token? space = null;

        // Whether the groups around this token are broken; the outermost level is not a group and never breaks.
        var broken = new Stack<bool>([false]);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            switch (token.Kind)
            {
                case TokenKind.Text when token.Text == " ":
                    space = token;
                    break;
                case TokenKind.Text:
                    Put(token, token.Text);
                    break;
                case TokenKind.BrokenText:
                    if (broken.Peek())
                    {
                        Put(token, token.Text);
                    }

                    break;
                case TokenKind.Line when broken.Peek():
                    write(token, "\n" + new string(' ', indent));
                    column = indent;
                    space = null;
                    break;
                case TokenKind.Line:
                    Put(token, token.Text);
                    break;
                case TokenKind.Open:
                    var end = ends[i];
                    var width = before[end] - before[i];
                    broken.Push(width > ShortGroup && column + (space is null ? 0 : 1) + width + tail[end] > Columns);
                    break;
                case TokenKind.Close:
                    broken.Pop();
                    break;
                case TokenKind.Indent:
                    indent += IndentWidth;
                    break;
                case TokenKind.Outdent:
                    indent -= IndentWidth;
                    break;
                default:
                    throw new InvalidOperationException($"Unknown token {token.Kind}");
            }
        }

        void Put(Token token, string text)
        {
            if (space is { } held)
            {
                space = null;
                write(held, held.Text);
                column++;
            }

            write(token, text);
            column += Width(text);
        }
    }

    /// <summary>Of each token the width of all that stands before it on one line, and of what stands behind it up to the next possible line end.</summary>
    private (int[] Before, int[] Tail) Measure()
    {
        var before = new int[tokens.Count + 1];
        for (var i = 0; i < tokens.Count; i++)
        {
            before[i + 1] = before[i] + (tokens[i].Kind is TokenKind.Text or TokenKind.Line ? Width(tokens[i].Text) : 0);
        }

        var tail = new int[tokens.Count + 1];
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            tail[i] = tokens[i].Kind switch
            {
                TokenKind.Text => Width(tokens[i].Text) + tail[i + 1],
                TokenKind.Line => 0,
                _ => tail[i + 1],
            };
        }

        return (before, tail);
    }

    private static int Width(string text)
    {
        var width = 0;
        foreach (var c in text)
        {
            width += char.IsLowSurrogate(c) ? 0 : 1;
        }

        return width;
    }

    private static void Write(HtmlWriter writer, Token token, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (token.Address is not null)
        {
            writer.Raw("<a").Address("href", token.Address);
            if (token.Class is not null)
            {
                writer.Attribute("class", token.Class);
            }

            writer.Raw(">").Text(text).Raw("</a>");
        }
        else if (token.Class is not null)
        {
            writer.Raw("<span").Attribute("class", token.Class).Raw(">").Text(text).Raw("</span>");
        }
        else
        {
            writer.Text(text);
        }
    }
}
