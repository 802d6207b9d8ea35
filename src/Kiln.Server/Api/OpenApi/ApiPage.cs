using System.Globalization;
using System.Text;
using Kiln.Registry;
using Kiln.Server.Api.Routes;

namespace Kiln.Server.Api.OpenApi;

/// <summary>The page of all routes, docs/api.md, made of the same tables as the OpenAPI document.</summary>
internal static class ApiPage
{
    /// <summary>The generated part; the page's beginning is written by hand.</summary>
    public static string Write()
    {
        var page = new StringBuilder();
        page.Append("## Routes\n");
        foreach (var (title, routes) in ApiRoutes.Groups)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {title}\n\n| route | for | what |\n|---|---|---|\n");
            foreach (var route in routes)
            {
                page.Append(CultureInfo.InvariantCulture, $"| `{route.Name}` | {route.Policy.Name} | {Cell(route)} |\n");
            }
        }

        page.Append("\n## Codes\n\n| code | status | meaning |\n|---|---|---|\n");
        foreach (var code in ApiErrors.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{code.Code}` | {code.Status} | {code.Meaning} |\n");
        }

        return page.ToString();
    }

    private static string Cell(ApiRoute route)
    {
        var cell = new StringBuilder(route.Summary);
        if (route.Query.Count > 0)
        {
            cell.Append(CultureInfo.InvariantCulture, $" Query: {string.Join(", ", route.Query.Select(q => $"`{q.Name}`"))}.");
        }

        if (route.Body is { } body)
        {
            var members = string.Join(", ", body.Members.Select(m => $"`{m.Name}`"));
            cell.Append(CultureInfo.InvariantCulture, $" {body.Rule switch { BodyRule.ExactlyOne => "One of", BodyRule.AtLeastOne => "Any of", _ => "Body:" }} {members}.");
        }

        if (route.Errors.Count > 0)
        {
            cell.Append(CultureInfo.InvariantCulture, $" Codes: {string.Join(", ", route.Errors.Select(e => $"`{e}`"))}.");
        }

        if (route.IsOurs)
        {
            cell.Append(" Kiln's own.");
        }

        return cell.ToString();
    }
}
