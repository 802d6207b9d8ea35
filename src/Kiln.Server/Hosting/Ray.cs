using System.Diagnostics;

namespace Kiln.Server.Hosting;

/// <summary>
/// The one name of a request: in the header <c>x-deno-ray</c> of its reply, in the body of an error, in every line that is logged about it, and, when it is traced, the id of its trace.
/// Files do not carry one: their replies are the same for everybody, and a static server in front would give none either.
/// </summary>
internal static class Ray
{
    public const string Header = "x-deno-ray";

    /// <summary>32 hexadecimal digits.</summary>
    public static string Of(HttpContext context)
    {
        if (context.Items.TryGetValue(typeof(Ray), out var known) && known is string ray)
        {
            return ray;
        }

        var trace = Activity.Current?.TraceId ?? default;
        ray = (trace == default ? ActivityTraceId.CreateRandom() : trace).ToHexString();
        context.Items[typeof(Ray)] = ray;
        return ray;
    }
}
