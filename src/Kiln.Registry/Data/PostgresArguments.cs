using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;

namespace Kiln.Registry.Data;

/// <summary>
/// The members of an arguments object as parameters. Dapper gives PostgreSQL a list as one array, which <c>IN @list</c> does not take: here a list behind <c>IN</c> is expanded, as Dapper
/// does it for SQLite, and only elsewhere an array. Text loses what the engine cannot store: U+0000 and halves of surrogate pairs.
/// </summary>
internal sealed class PostgresArguments(object arguments) : SqlMapper.IDynamicParameters
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Members = new();
    private static readonly ConcurrentDictionary<string, Regex> Lists = new(StringComparer.Ordinal);

    public static object? Wrap(object? arguments) => arguments switch
    {
        null => null,
        string or SqlMapper.IDynamicParameters => arguments,
        IEnumerable rows => rows.Cast<object>().Select(r => new PostgresArguments(r)).ToList(), // one execution for each
        _ => new PostgresArguments(arguments),
    };

    public void AddParameters(IDbCommand command, SqlMapper.Identity identity)
    {
        foreach (var member in Members.GetOrAdd(arguments.GetType(), t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance)))
        {
            if (!Mentions(command.CommandText, member.Name))
            {
                continue;
            }

            var value = member.GetValue(arguments);
            if (value is IEnumerable and not string && value is not byte[] && InList(member.Name) is var list && list.IsMatch(command.CommandText))
            {
                Expand(command, member.Name, ((IEnumerable)value).Cast<object>().ToList(), list);
            }
            else
            {
                Add(command, member.Name, value, member.PropertyType);
            }
        }
    }

    private static bool Mentions(string sql, string name)
    {
        for (var at = sql.IndexOf('@', StringComparison.Ordinal); at >= 0; at = sql.IndexOf('@', at + 1))
        {
            var end = at + 1 + name.Length;
            if (string.CompareOrdinal(sql, at + 1, name, 0, name.Length) == 0 && (end >= sql.Length || !(char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '_')))
            {
                return true;
            }
        }

        return false;
    }

    private static Regex InList(string name) => Lists.GetOrAdd(name, n => new Regex($@"\bIN\s+@{n}\b", RegexOptions.None, TimeSpan.FromSeconds(1)));

    private static void Expand(IDbCommand command, string name, List<object> values, Regex list)
    {
        var names = values.Select((_, i) => $"{name}{i + 1}").ToList();
        command.CommandText = list.Replace(command.CommandText, names.Count == 0 ? "= ANY ('{}')" : "IN (" + string.Join(", ", names.Select(n => "@" + n)) + ")");
        for (var i = 0; i < values.Count; i++)
        {
            Add(command, names[i], values[i], values[i].GetType());
        }
    }

    private static void Add(IDbCommand command, string name, object? value, Type declared)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        switch (value)
        {
            case null:
                parameter.Value = DBNull.Value;
                if (TypeOfNull(Nullable.GetUnderlyingType(declared) ?? declared) is { } type)
                {
                    parameter.DbType = type;
                }

                break;
            case DateTimeOffset time:
                parameter.Value = ColumnTypes.ToMicroseconds(time);
                break;
            case Guid id:
                parameter.Value = id.ToString("D");
                break;
            case string text:
                parameter.Value = Storable(text);
                break;
            case IReadOnlyCollection<string> texts:
                parameter.Value = texts.Select(Storable).ToArray();
                break;
            case Enum:
                parameter.Value = Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture);
                break;
            case uint number:
                parameter.Value = (long)number;
                break;
            default:
                parameter.Value = value;
                break;
        }

        command.Parameters.Add(parameter);
    }

    /// <summary>The server must know the type of a parameter even when there is no value.</summary>
    private static DbType? TypeOfNull(Type type) =>
        type == typeof(string) || type == typeof(Guid) ? DbType.String
        : type == typeof(DateTimeOffset) || type == typeof(long) ? DbType.Int64
        : type == typeof(int) || type.IsEnum ? DbType.Int32
        : type == typeof(bool) ? DbType.Boolean
        : type == typeof(double) ? DbType.Double
        : null;

    private static string Storable(string text)
    {
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // Half a pair is enumerated as U+FFFD of one char, a real U+FFFD too: compare.
            if (rune.Value == 0 || (rune == Rune.ReplacementChar && text[at] != '\uFFFD'))
            {
                return Replaced(text);
            }

            at += rune.Utf16SequenceLength;
        }

        return text;
    }

    private static string Replaced(string text)
    {
        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            storable.Append(rune.Value == 0 ? "\uFFFD" : rune.ToString());
        }

        return storable.ToString();
    }
}
