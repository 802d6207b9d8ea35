using System.Collections;
using System.Reflection;
using System.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript.Support;

/// <summary>
/// Prints a tree as an S-expression: <c>(Kind+flags child …)</c> in the order of the classes' properties. Leaves print their text; arrays stand in brackets;
/// null and default values are left out; an enum prints its name, a <c>true</c> its property's name.
/// </summary>
internal static class TreePrinter
{
    private const NodeFlags HiddenFlags = NodeFlags.Ambient | NodeFlags.NoSemicolon | NodeFlags.HasEscape | NodeFlags.TrailingComma;

    public static string Print(SourceFile file) => string.Join(" ", file.Statements.Select(s => Print(file, s)));

    public static string Print(SourceFile file, Node node)
    {
        var result = new StringBuilder();
        Append(file, result, node);
        return result.ToString();
    }

    private static void Append(SourceFile file, StringBuilder result, object? value)
    {
        switch (value)
        {
            case Identifier or PrivateIdentifier or Literal or StringLiteral or KeywordExpression or KeywordType or MetaProperty or TemplateElement or JsxText:
                var text = file.GetSlice((Node)value);
                result.Append(text.IsEmpty ? "<missing>" : text.ToString());
                break;
            case Node node:
                result.Append('(').Append(node.Kind);
                if ((node.Flags & ~HiddenFlags) != 0)
                {
                    result.Append('+').Append((node.Flags & ~HiddenFlags).ToString().Replace(", ", "+", StringComparison.Ordinal));
                }

                foreach (var property in PropertiesOf(node.GetType()))
                {
                    AppendProperty(file, result, property.Name, property.GetValue(node));
                }

                result.Append(')');
                break;
        }
    }

    private static void AppendProperty(SourceFile file, StringBuilder result, string name, object? value)
    {
        switch (value)
        {
            case Modifiers { Flags: 0, Decorators.Length: 0 } or null or int or false:
                break;
            case Modifiers modifiers:
                foreach (var decorator in modifiers.Decorators)
                {
                    result.Append(" @");
                    Append(file, result, decorator.Expression);
                }

                if (modifiers.Flags != 0)
                {
                    result.Append(' ').Append(modifiers.Flags.ToString().Replace(", ", " ", StringComparison.Ordinal).ToLowerInvariant());
                }

                break;
            case true:
                result.Append(' ').Append(name);
                break;
            case IEnumerable list and not string:
                var items = list.Cast<object>().ToArray();
                if (items.Length > 0 || name is "Arguments" or "Members" or "Statements" or "Parameters")
                {
                    result.Append(" [");
                    for (var i = 0; i < items.Length; i++)
                    {
                        result.Append(i > 0 ? " " : "");
                        Append(file, result, items[i]);
                    }

                    result.Append(']');
                }

                break;
            case Node node:
                result.Append(' ');
                Append(file, result, node);
                break;
            default:
                if (Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) != 0 || value is VariableKind or TypeOperatorKind)
                {
                    result.Append(' ').Append(value);
                }

                break;
        }
    }

    private static PropertyInfo[] PropertiesOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.DeclaringType != typeof(Node))
            .OrderBy(p => p.Name == "Modifiers" ? 0 : 1)];
}
