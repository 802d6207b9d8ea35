using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Docs.Text;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>Compares enums by the names and the values of their members.</summary>
internal static class EnumComparer
{
    public static void Compare(IEnumerable<DocEnum> before, IEnumerable<DocEnum> after, TypeKeys oldKeys, TypeKeys newKeys, ChangeList changes)
    {
        var old = Read(before, oldKeys);
        var @new = Read(after, newKeys);
        foreach (var (name, (member, value)) in old)
        {
            if (!@new.TryGetValue(name, out var other))
            {
                changes.At(name, SideOf(member), null);
                changes.Add(ChangeRules.EnumMemberRemoved, $"`{name}` is gone");
                continue;
            }

            changes.At(name, SideOf(member), SideOf(other.Member));
            if (value != other.Value)
            {
                changes.Add(ChangeRules.EnumValueChanged, $"`{name}` is {other.Value}, no longer {value}: values that are stored or sent mean something else");
            }

            Comments.Compare(member.Comment, other.Member.Comment, changes);
        }

        foreach (var (name, (member, _)) in @new)
        {
            if (!old.ContainsKey(name))
            {
                changes.At(name, null, SideOf(member));
                changes.Add(ChangeRules.EnumMemberAdded, $"`{name}` is new: code that lists all members has to know it too");
            }
        }
    }

    private static ChangeSide SideOf(DocEnumMember member) => new(SignatureText.Of(member), member.Location);

    /// <summary>
    /// Members with their values. One without a value counts on from the one before; where that cannot be told, as behind an expression, its place stands
    /// for it.
    /// </summary>
    private static Dictionary<string, (DocEnumMember Member, string Value)> Read(IEnumerable<DocEnum> enums, TypeKeys keys)
    {
        var members = new Dictionary<string, (DocEnumMember, string)>(StringComparer.Ordinal);
        foreach (var definition in enums)
        {
            double? next = 0;
            var index = 0;
            foreach (var member in definition.Members)
            {
                string value;
                switch (member.Value)
                {
                    case DocLiteralType { Kind: DocLiteralKind.Number } number:
                        value = TypeText.Number(number.Number);
                        next = number.Number + 1;
                        break;
                    case null when next is { } counted:
                        value = TypeText.Number(counted);
                        next = counted + 1;
                        break;
                    case null:
                        value = $"the value at place {index + 1}";
                        break;
                    case var other:
                        value = keys.Of(other);
                        next = null;
                        break;
                }

                members.TryAdd(member.Name, (member, value));
                index++;
            }
        }

        return members;
    }
}
