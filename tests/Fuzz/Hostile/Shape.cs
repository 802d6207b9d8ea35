using System.Text;

namespace Kiln.Fuzz.Hostile;

/// <summary>A text of any size: <c>before open…open middle close…close after</c>.</summary>
internal sealed record Shape(string Name, string Before, string Open, string Middle, string Close, string After)
{
    public string Repeat(int count)
    {
        var text = new StringBuilder(Before.Length + Middle.Length + After.Length + (count * (Open.Length + Close.Length)));
        text.Append(Before).Insert(text.Length, Open, count).Append(Middle).Insert(text.Length, Close, count).Append(After);
        return text.ToString();
    }

    /// <summary>About as many characters as asked for.</summary>
    public string Fill(int length) => Repeat(Math.Max(1, (length - Before.Length - Middle.Length - After.Length) / (Open.Length + Close.Length)));

    public override string ToString() => Name;
}
