namespace Kiln.TypeScript.Text;

/// <summary>The half-open range <c>[Start, End)</c> of UTF-16 offsets.</summary>
public readonly record struct TextSpan(int Start, int End)
{
    public int Length => End - Start;
}
