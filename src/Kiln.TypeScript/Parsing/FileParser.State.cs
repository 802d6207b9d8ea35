using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Lexing;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <summary>Recursive descent over the tokens of one file. One instance parses one file once.</summary>
internal sealed partial class FileParser
{
    /// <summary>Nesting beyond this is refused, so that no input can exhaust the stack; real code stays below 200.</summary>
    public const int MaxDepth = 512;

    /// <summary>
    /// Chains that are right-deep in the tree but read in a loop (<c>else if</c>, <c>a = b = c</c>) may be this long; what walks the tree must
    /// expect such a depth.
    /// </summary>
    public const int MaxChain = 2000;

    /// <summary>
    /// Guesses inside guesses. Each may read to the end of the file and fail there, and what it read is read again: without a bound, depth times length. Real code
    /// has two or three.
    /// </summary>
    private const int MaxGuesses = 16;

    private const int MaxDiagnostics = 20;

    private readonly string text;
    private readonly Language language;
    private readonly SourceGoal goal;
    private readonly bool isTypeScript;
    private readonly bool isJsx;
    private readonly bool recordErasures;
    private readonly Lexer lexer;
    private readonly StackGuard guard;
    private readonly RentedList<Erasure> erasures = new(64);

    /// <summary>Where the statements of the <c>else if</c> chains start that are open.</summary>
    private readonly List<int> chainStarts = [];
    private readonly List<Node> references = [];
    private readonly List<Diagnostic> diagnostics = [];
    private readonly List<ComputedPropertyName> signatureKeys = [];

    /// <summary>Positions where a guess has failed, so that no guess is made twice and time stays linear. The low bits tell what was guessed.</summary>
    private readonly HashSet<long> failedGuesses = [];

    /// <summary>Where the pattern behind an opening parenthesis ends, so that patterns inside patterns are not looked through once for each of those around them.</summary>
    private readonly Dictionary<int, LexerState> patternEnds = [];

    /// <summary>Left sides that wait for the end of their assignment chain.</summary>
    private readonly List<PendingAssignment> pendingAssignments = [];

    /// <summary>Children of the lists that are open.</summary>
    private ScratchSlot[] scratch = ArrayPool<ScratchSlot>.Shared.Rent(256);
    private int scratchCount;
    private ParseContext context;
    private int depth;

    /// <summary>Class bodies around the current token.</summary>
    private int classDepth;
    private int guessing;
    private bool guessFailed;
    private bool aborted;
    private bool needsTransform;
    private bool hasImportMeta;
    private bool hasTopLevelAwait;
    private bool sawAwaitName;
    private bool lastListHadTrailingComma;

    /// <summary>Where a comma was missing last.</summary>
    private int missingCommaAt = -1;

    public FileParser(string text, Language language, SourceGoal goal, bool awaitAtTopLevel, StackGuard guard)
    {
        this.goal = goal;
        this.text = text;
        this.guard = guard;
        this.language = language;
        isTypeScript = language is Language.TypeScript or Language.Tsx or Language.Declaration;
        isJsx = language is Language.Tsx or Language.Jsx or Language.JavaScript;
        recordErasures = language is Language.TypeScript or Language.Tsx;

        lexer = new Lexer(text, language);
        context = (awaitAtTopLevel ? ParseContext.Await : 0) | (language == Language.Declaration ? ParseContext.Ambient : 0);
    }

    /// <summary><c>await</c> was taken for a name at the top level.</summary>
    public bool ReadAwaitAsName => sawAwaitName;

    private enum Guess
    {
        Arrow,
        TypeArguments,
        InferConstraint,
        Pattern,
    }

    // Tokens.

    private TokenKind Kind
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => lexer.Token.Kind;
    }

    private int Start => lexer.Token.Start;

    private int PreviousEnd => lexer.Token.PreviousEnd;

    private bool NewLineBefore => lexer.Token.NewLineBefore;

    private ReadOnlySpan<char> TokenText => text.AsSpan(lexer.Token.Start, lexer.Token.End - lexer.Token.Start);

    /// <summary>Takes the current token: reports its lexical error, if any, and reads the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Next()
    {
        if (lexer.Token.ErrorCode != 0)
        {
            ReportTokenError();
        }

        if (!aborted && !guessFailed)
        {
            lexer.Next();
        }
    }

    private bool Optional(TokenKind kind)
    {
        if (Kind != kind)
        {
            return false;
        }

        Next();
        return true;
    }

    private bool Expect(TokenKind kind)
    {
        if (Kind == kind)
        {
            Next();
            return true;
        }

        ReportHere(DiagnosticCodes.TokenExpected, TokenText(kind));
        return false;

        static string TokenText(TokenKind kind) => TokenNames.Of(kind);
    }

    /// <summary>Takes a closing bracket; a missing one is reported where the next token stands.</summary>
    private bool ExpectGreaterThan() => Expect(TokenKind.GreaterThan);

    private bool CanEndStatement => Kind is TokenKind.Semicolon or TokenKind.CloseBrace or TokenKind.EndOfFile || NewLineBefore;

    /// <summary>Ends a statement. False when the semicolon was inserted automatically.</summary>
    private bool ExpectSemicolon()
    {
        if (Kind == TokenKind.Semicolon)
        {
            Next();
            return true;
        }

        if (!CanEndStatement)
        {
            ReportHere(DiagnosticCodes.TokenExpected, ";");
        }

        return false;
    }

    /// <summary>The kind of the token after the current one.</summary>
    private TokenKind PeekKind(out bool newLineBefore)
    {
        var saved = lexer.Token;
        lexer.Next();
        var kind = lexer.Token.Kind;
        newLineBefore = lexer.Token.NewLineBefore;
        lexer.Token = saved;
        return kind;
    }

    private TokenKind PeekKind() => PeekKind(out _);

    // Identifiers.

    /// <summary>The current token may be used as the name of a value.</summary>
    private bool IsIdentifier(TokenKind kind)
    {
        if (kind == TokenKind.Identifier)
        {
            return true;
        }

        if (kind <= TokenFacts.LastReservedWord)
        {
            return false;
        }

        return kind switch
        {
            TokenKind.Yield => (context & ParseContext.Yield) == 0,
            TokenKind.Await => (context & ParseContext.Await) == 0,
            _ => true,
        };
    }

    private static bool IsBindingIdentifier(TokenKind kind) => TokenFacts.IsIdentifierOrContextualKeyword(kind);

    private static bool IsIdentifierName(TokenKind kind) => TokenFacts.IsIdentifierName(kind);

    private static bool IsLiteralPropertyName(TokenKind kind) =>
        IsIdentifierName(kind) || kind is TokenKind.StringLiteral or TokenKind.NumericLiteral or TokenKind.BigIntLiteral or TokenKind.PrivateIdentifier;

    private Identifier TakeIdentifier()
    {
        ref var token = ref lexer.Token;
        var identifier = new Identifier(token.Start, token.End);
        if (token.HasEscape)
        {
            identifier.Flags = NodeFlags.HasEscape;
        }

        if (token.Kind == TokenKind.Await && (context & ParseContext.Function) == 0)
        {
            sawAwaitName = true;
        }

        Next();
        return identifier;
    }

    private Identifier MissingIdentifier() => new(PreviousEnd, PreviousEnd) { Flags = NodeFlags.Missing };

    private Identifier ReportMissingIdentifier(int code = DiagnosticCodes.IdentifierExpected)
    {
        if (code == DiagnosticCodes.IdentifierExpected && TokenFacts.IsReservedWord(Kind))
        {
            ReportHere(DiagnosticCodes.ReservedWord, TokenText.ToString());
        }
        else if (Kind == TokenKind.EndOfFile)
        {
            // The end of the file may be many lines away from what lacks its operand.
            Report(code, PreviousEnd, PreviousEnd);
        }
        else
        {
            ReportHere(code);
        }

        return MissingIdentifier();
    }

    /// <summary>A name that is used or, in types, declared.</summary>
    private Identifier ParseIdentifier(int code = DiagnosticCodes.IdentifierExpected) => IsIdentifier(Kind) ? TakeIdentifier() : ReportMissingIdentifier(code);

    private Identifier ParseBindingIdentifier(int code = DiagnosticCodes.IdentifierExpected) => IsBindingIdentifier(Kind) ? TakeIdentifier() : ReportMissingIdentifier(code);

    /// <summary>What may follow a dot: any identifier or keyword.</summary>
    private Identifier ParseIdentifierName() => IsIdentifierName(Kind) ? TakeIdentifier() : ReportMissingIdentifier();

    // Diagnostics.

    private void ReportHere(int code, string? argument = null, RelatedDiagnostic? related = null)
    {
        ref var token = ref lexer.Token;
        if (token.ErrorCode != 0)
        {
            ReportTokenError();
            return;
        }

        Report(code, token.Start, token.End, argument, related: related);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReportTokenError()
    {
        ref var token = ref lexer.Token;
        Report(token.ErrorCode, token.ErrorStart, token.ErrorEnd, related: RelatedToTokenError());
    }

    private void Report(int code, int start, int end, string? argument = null, string? second = null, RelatedDiagnostic? related = null)
    {
        if (aborted || guessFailed)
        {
            return;
        }

        if (guessing > 0)
        {
            // A guess that meets an error is wrong: run to its end without reading on.
            guessFailed = true;
            JumpToEnd();
            return;
        }

        if (diagnostics.Count > 0 && diagnostics[^1].Span.Start == start)
        {
            return;
        }

        diagnostics.Add(new Diagnostic(code, new TextSpan(start, end), argument, second, related));
        if (diagnostics.Count >= MaxDiagnostics)
        {
            Abort();
        }
    }

    /// <summary>Gives the file up: every list and rule sees the end of the file and returns.</summary>
    private void Abort()
    {
        aborted = true;
        JumpToEnd();
    }

    private void JumpToEnd()
    {
        ref var token = ref lexer.Token;
        token.Kind = TokenKind.EndOfFile;
        token.Start = text.Length;
        token.End = text.Length;
        token.ErrorCode = 0;
        token.NewLineBefore = true;
    }

    // Depth.

    /// <summary>Every rule that can contain itself enters here first; on false it must return at once. A true result is paired with <c>depth--</c>.</summary>
    private bool Enter()
    {
        if (depth < MaxDepth && ((depth & 7) != 0 || guard.HasRoom()))
        {
            depth++;
            return true;
        }

        if (!aborted && !guessFailed)
        {
            Report(DiagnosticCodes.NestedTooDeeply, Start, lexer.Token.End, MaxDepth.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (!guessFailed)
            {
                Abort();
            }
        }

        return false;
    }

    // Speculation.

    private ParserState Save() => new(
        lexer.Token, context, depth, scratchCount, erasures.Count, references.Count, diagnostics.Count, signatureKeys.Count, needsTransform, hasImportMeta, hasTopLevelAwait, sawAwaitName);

    private void Restore(in ParserState state)
    {
        lexer.Token = state.Token;
        context = state.Context;
        depth = state.Depth;
        scratchCount = state.ScratchCount;
        erasures.Truncate(state.ErasureCount);
        Truncate(references, state.ReferenceCount);
        Truncate(diagnostics, state.DiagnosticCount);
        Truncate(signatureKeys, state.SignatureKeyCount);
        needsTransform = state.NeedsTransform;
        hasImportMeta = state.HasImportMeta;
        hasTopLevelAwait = state.HasTopLevelAwait;
        sawAwaitName = state.SawAwaitName;
    }

    /// <summary>Starts a guess: the first error makes it fail. Ends with <see cref="KeepGuess"/> or <see cref="DropGuess"/>.</summary>
    private ParserState BeginGuess()
    {
        if (guessing >= MaxGuesses && !aborted && !guessFailed)
        {
            diagnostics.Add(new Diagnostic(DiagnosticCodes.NestedTooDeeply, new TextSpan(Start, lexer.Token.End), MaxGuesses.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Abort();
        }

        guessing++;
        return Save();
    }

    private void KeepGuess() => guessing--;

    private void DropGuess(in ParserState state)
    {
        guessing--;
        guessFailed = false;
        if (aborted)
        {
            return;
        }

        Restore(state);
    }

    private static long GuessKey(Guess guess, int position) => ((long)position << 2) | (long)guess;

    private bool HasFailed(Guess guess, int position) => failedGuesses.Count != 0 && failedGuesses.Contains(GuessKey(guess, position));

    private void RememberFailure(Guess guess, int position) => failedGuesses.Add(GuessKey(guess, position));

    private static void Truncate<T>(List<T> list, int count)
    {
        if (list.Count > count)
        {
            list.RemoveRange(count, list.Count - count);
        }
    }

    // Lists.

    /// <summary>
    /// Between the elements of a list: takes the comma and is true when another element or a hole must follow. A missing comma is reported, and
    /// the list goes on with what stands there; the caller stops at a token that starts no element.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ContinueList(TokenKind close, int code = DiagnosticCodes.TokenExpected)
    {
        if (Kind == TokenKind.Comma)
        {
            Next();
            return true;
        }

        return Kind != close && Kind != TokenKind.EndOfFile && ReportMissingComma(code);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ReportMissingComma(int code)
    {
        // An element may have taken nothing; its token is not tried again.
        ReportHere(code, ",");
        var isNew = missingCommaAt != Start;
        missingCommaAt = Start;
        return isNew;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Push(Node node)
    {
        if (scratchCount == scratch.Length)
        {
            GrowScratch();
        }

        scratch[scratchCount++].Node = node;
    }

    private void GrowScratch()
    {
        var larger = ArrayPool<ScratchSlot>.Shared.Rent(scratch.Length * 2);
        scratch.AsSpan(0, scratchCount).CopyTo(larger);
        ReturnScratch();
        scratch = larger;
    }

    /// <summary>Cleared, so that no buffer keeps a tree alive.</summary>
    private void ReturnScratch() => ArrayPool<ScratchSlot>.Shared.Return(scratch, clearArray: true);

    /// <summary>A struct, because an array of a class that has subclasses checks the type of every element that is stored.</summary>
    private struct ScratchSlot
    {
        public Node Node;
    }

    /// <summary>Moves what was pushed since <paramref name="mark"/> into an array of its exact size. The caller pushed only <typeparamref name="T"/>.</summary>
    private T[] Drain<T>(int mark)
        where T : Node
    {
        var count = scratchCount - mark;
        if (count == 0)
        {
            return [];
        }

        var result = new T[count];

        // A plain loop would check the type of every element that it stores.
        scratch.AsSpan(mark, count).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<T, ScratchSlot>(ref MemoryMarshal.GetArrayDataReference(result)), count));
        scratchCount = mark;
        return result;
    }

    /// <summary>The same for a template: its elements with one <typeparamref name="T"/> between each two.</summary>
    private TemplateElement[] DrainTemplate<T>(int mark, out T[] between)
        where T : Node
    {
        var slots = scratch.AsSpan(mark, scratchCount - mark);
        var elements = new TemplateElement[(slots.Length + 1) / 2];
        between = new T[slots.Length / 2];
        for (var i = 0; i < slots.Length; i++)
        {
            if ((i & 1) == 0)
            {
                elements[i / 2] = (TemplateElement)slots[i].Node;
            }
            else
            {
                between[i / 2] = (T)slots[i].Node;
            }
        }

        scratchCount = mark;
        return elements;
    }

    // Side tables.

    /// <summary>
    /// Notes a span that JavaScript must not contain and forgets the spans inside it. In a JavaScript file the same syntax is an error.
    /// </summary>
    /// <param name="mark">Count of erasures before the construct.</param>
    private void Erase(int mark, int start, int end, ErasureKind kind, int codeInJavaScript, string? argument = null)
    {
        if (recordErasures)
        {
            erasures.Truncate(mark);

            // Where recovery made something up, a construct may start before what it contains, or end before it starts.
            while (erasures.Count > 0 && erasures.AsSpan()[^1].Start > start)
            {
                erasures.Truncate(erasures.Count - 1);
            }

            erasures.Add(new Erasure(start, Math.Max(start, end), kind));
        }
        else if (!isTypeScript)
        {
            Report(codeInJavaScript, start, end, argument);
        }
    }

    private void NoteSignatureKey(Node name)
    {
        if (name is ComputedPropertyName computed && (context & ParseContext.Ambient) == 0)
        {
            signatureKeys.Add(computed);
        }
    }

    /// <summary>
    /// Keeps the references in source order: those inside <paramref name="node"/>, also in its decorators, were noted before it. Each moves once for every
    /// reference around it, of which there are at most as many as levels of nesting.
    /// </summary>
    private void AddReference(Node node)
    {
        var at = references.Count;
        while (at > 0 && references[at - 1].Start >= node.Start)
        {
            at--;
        }

        references.Insert(at, node);
    }

    private void TypeScriptOnly(int code, int start, int end, string? argument = null)
    {
        if (!isTypeScript)
        {
            Report(code, start, end, argument);
        }
    }

    private NodeFlags AmbientFlag => (context & ParseContext.Ambient) != 0 ? NodeFlags.Ambient : NodeFlags.None;
}
