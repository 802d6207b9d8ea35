using Kiln.Analysis.Graph;

namespace Kiln.Analysis.Symbols;

/// <summary>What a trace knows about one module.</summary>
internal sealed class TracedModule
{
    private const byte Pulled = 4;
    private readonly byte[] done;

    public TracedModule(ModuleEntry entry)
    {
        Entry = entry;
        Symbols = entry.Symbols!;
        done = new byte[Symbols.Count];
    }

    public ModuleEntry Entry { get; }
    public ModuleSymbols Symbols { get; }
    public PublicSet Public { get; } = new();

    /// <summary>Something of it is public; a search alone does not make it so.</summary>
    public bool IsReached { get; set; }

    /// <summary>What other modules want of it.</summary>
    public WantedExports Wanted { get; } = new();

    /// <summary>It waits to be asked.</summary>
    public bool HasTurn { get; set; }

    /// <summary>The search that looked here last.</summary>
    public int Search { get; set; }

    /// <summary>False when nothing new is asked for.</summary>
    public bool TryBegin(Symbol symbol, Meanings meanings)
    {
        var bits = BitsOf(meanings);
        if ((done[symbol.Index] & bits) == bits)
        {
            return false;
        }

        done[symbol.Index] |= bits;
        return true;
    }

    public bool IsDone(Symbol symbol, Meanings meanings) => (done[symbol.Index] & BitsOf(meanings)) == BitsOf(meanings);

    public bool TryPull(Symbol symbol)
    {
        var isNew = (done[symbol.Index] & Pulled) == 0;
        done[symbol.Index] |= Pulled;
        return isNew;
    }

    private static byte BitsOf(Meanings meanings) =>
        (byte)(((meanings & Meanings.Value) != 0 ? 1 : 0) | ((meanings & (Meanings.Type | Meanings.Namespace)) != 0 ? 2 : 0));
}
