using Kiln.Server.Hosting;
using Microsoft.OpenApi;

namespace Kiln.Server.Api.OpenApi;

/// <summary>The OpenAPI document as it is sent: YAML of version 3.0, made when somebody first asks.</summary>
internal sealed class OpenApiText(ServerOptions options)
{
    private readonly Lazy<Task<byte[]>> text = new(() => WriteAsync(options.PublicUrl));

    public Task<byte[]> GetAsync() => text.Value;

    private static async Task<byte[]> WriteAsync(Uri publicUrl)
    {
        using var buffer = new MemoryStream();
        await OpenApiBuilder.Build(publicUrl).SerializeAsYamlAsync(buffer, OpenApiSpecVersion.OpenApi3_0);
        return buffer.ToArray();
    }
}
