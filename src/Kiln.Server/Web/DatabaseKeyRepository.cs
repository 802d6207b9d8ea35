using System.Xml.Linq;
using Kiln.Registry.Data;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Kiln.Server.Web;

/// <summary>
/// Keeps the keys of forms in the database, so that a form of one process may come back to another. The interface is synchronous; it is asked once a day, and when the process starts.
/// </summary>
internal sealed class DatabaseKeyRepository(ProtectionKeyStore keys) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. Task.Run(() => keys.ListAsync(CancellationToken.None)).GetAwaiter().GetResult().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => keys.AddAsync(friendlyName, element.ToString(SaveOptions.DisableFormatting), CancellationToken.None)).GetAwaiter().GetResult();
}
