using System.Reflection;

namespace Kiln.Architecture;

/// <summary>DESIGN §1: no database stands between a client and its bytes.</summary>
public sealed class GatewayTests
{
    [Fact]
    public void The_gateways_code_path_reaches_no_database_type()
    {
        var server = Assembly.Load("kiln-server");
        var start = server.GetTypes().Where(t => t.Namespace?.StartsWith("Kiln.Server.Gateway", StringComparison.Ordinal) == true).ToArray();
        Assert.NotEmpty(start);

        var offending = Reach(start)
            .Where(t => IsDatabase(t.Key))
            .Select(t => $"{t.Key.FullName} via {string.Join(" ← ", Path(t.Value))}");
        Assert.Empty(offending);

        static IEnumerable<string> Path(Trail? trail)
        {
            for (var at = trail; at is not null; at = at.From)
            {
                yield return at.Type.Name;
            }
        }
    }

    private static bool IsDatabase(Type type)
    {
        var name = type.FullName ?? type.Name;
        return name.StartsWith("System.Data.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Data.", StringComparison.Ordinal)
            || name.StartsWith("Dapper.", StringComparison.Ordinal)
            || name.StartsWith("Npgsql.", StringComparison.Ordinal)
            || name.StartsWith("Kiln.Registry.Data.", StringComparison.Ordinal);
    }

    private sealed record Trail(Type Type, Trail? From);

    /// <summary>All types that the code of <paramref name="start"/> can touch; an interface of ours leads to everything that implements it.</summary>
    private static Dictionary<Type, Trail?> Reach(IEnumerable<Type> start)
    {
        var ours = new[] { "kiln-server", "Kiln.Registry", "Kiln.Documentation", "Kiln.Packages", "Kiln.Analysis", "Kiln.TypeScript" }
            .SelectMany(a => Assembly.Load(a).GetTypes()).ToHashSet();
        var found = new Dictionary<Type, Trail?>();
        var queue = new Queue<(Type Type, Trail? From)>(start.Select(t => (t, (Trail?)null)));
        while (queue.TryDequeue(out var item))
        {
            if (!found.TryAdd(item.Type, item.From) || !ours.Contains(item.Type))
            {
                continue;
            }

            var trail = new Trail(item.Type, item.From);
            IEnumerable<Type> next = MemberUses.TypesUsedBy(item.Type);
            if (item.Type.IsInterface)
            {
                next = next.Concat(ours.Where(t => t.IsClass && item.Type.IsAssignableFrom(t)));
            }

            foreach (var type in next)
            {
                queue.Enqueue((type, trail));
            }
        }

        return found;
    }
}
