namespace Kiln.Server.Hosting;

/// <summary>Every line that is logged about a request says which request.</summary>
internal sealed class RequestScope(RequestDelegate next, ILogger<RequestScope> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using (logger.BeginScope("ray {Ray}", Ray.Of(context)))
        {
            await next(context);
        }
    }
}
