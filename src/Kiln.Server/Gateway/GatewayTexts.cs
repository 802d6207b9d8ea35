namespace Kiln.Server.Gateway;

/// <summary>What is answered instead of a file; the same from Kestrel and from nginx.</summary>
internal static class GatewayTexts
{
    public const string PlainText = "text/plain; charset=utf-8";
    public const string RootCache = "public, max-age=0, no-cache";
    public const string BadRequestBody = "400 - Bad Request";
    public const string NotFoundBody = "404 - Not Found";
    public const string NpmNotFoundBody = """{"error":"Not found"}""";
    public const string UnavailableBody = "503 - Service Unavailable";
    public const string NpmUnavailableBody = """{"error":"The registry's storage does not answer; try again"}""";
    public const string NpmNotAllowedBody = """{"error":"This registry is read through npm clients only; publish with deno publish or npx jsr publish"}""";
}
