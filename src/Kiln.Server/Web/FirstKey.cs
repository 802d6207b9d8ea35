using Kiln.Registry.Data;
using Microsoft.AspNetCore.DataProtection;

namespace Kiln.Server.Web;

/// <summary>Makes the first key, or reads it, before the first request: two processes that start at once would make one each, and not know the other's.</summary>
internal sealed class FirstKey(ProtectionKeyStore keys, IDataProtectionProvider protection) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        keys.ExclusiveAsync(() => Task.FromResult(protection.CreateProtector("start").Protect([1])), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
