using System.Diagnostics;

namespace Kiln.Server.Hosting;

/// <summary>The id of a request, which its reply carries as <c>x-deno-ray</c> and the log names when it fails.</summary>
internal static class Ray
{
    public static string Of(HttpContext context)
    {
        if (context.Items.TryGetValue(typeof(Ray), out var known) && known is string ray)
        {
            return ray;
        }

        ray = ActivityTraceId.CreateRandom().ToHexString();
        context.Items[typeof(Ray)] = ray;
        return ray;
    }
}
