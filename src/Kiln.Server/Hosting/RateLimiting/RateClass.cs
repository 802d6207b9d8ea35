namespace Kiln.Server.Hosting.RateLimiting;

/// <summary>Requests that cost the server about the same. Modules and npm packages are in none of them.</summary>
internal enum RateClass
{
    /// <summary>Reads of the API.</summary>
    Read,

    /// <summary>Everything else that changes something.</summary>
    Change,

    /// <summary>Uploads.</summary>
    Publish,

    /// <summary>What makes rows without a credential.</summary>
    Authorize,

    /// <summary>Pages of the site.</summary>
    Page,
}
