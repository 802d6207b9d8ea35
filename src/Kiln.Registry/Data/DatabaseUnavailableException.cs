namespace Kiln.Registry.Data;

/// <summary>
/// The database could not be reached, or was lost on the way and not found again in time. Nothing is wrong with what was asked; unless <see cref="OutcomeUnknown"/>, nothing has changed.
/// </summary>
public sealed class DatabaseUnavailableException(string message, Exception? inner = null, bool outcomeUnknown = false) : Exception(message, inner)
{
    /// <summary>Waiting may help; it does not when the password is wrong or there is no such database.</summary>
    public bool IsTransient { get; init; } = true;

    /// <summary>The connection broke while the transaction was being committed, and the database could not be asked what became of it. Read before you repeat.</summary>
    public bool OutcomeUnknown { get; } = outcomeUnknown;
}
