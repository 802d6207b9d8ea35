namespace Kiln.Server.Health;

/// <summary>The smallest question to the database: are you there?</summary>
internal interface IDatabaseProbe
{
    /// <exception cref="Exception">It is not.</exception>
    Task CheckAsync(CancellationToken cancellation);
}
