namespace Kiln.Registry.Storage;

/// <summary>
/// The store does not answer, or refuses us. Nobody's package is at fault: work waits and is done later, reads are answered with what is known or with 503
/// (security.md §3.5, F12, F13).
/// </summary>
public sealed class StoreUnavailableException : IOException
{
    public StoreUnavailableException(string message, bool refused, Exception? inner)
        : base(message, inner) => Refused = refused;

    /// <summary>True: keys, permissions or configuration are wrong, and waiting alone will not help; an operator has to look. False: the store is slow, overloaded or away.</summary>
    public bool Refused { get; }
}
