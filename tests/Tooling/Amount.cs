namespace Kiln.Tooling;

/// <summary>How much of a long test to do: a sample as a rule, the whole of it when <c>KILN_WHOLE</c> is set (CONTRIBUTING.md).</summary>
internal static class Amount
{
    public static bool IsWhole { get; } = Environment.GetEnvironmentVariable("KILN_WHOLE") is { Length: > 0 };

    public static T Of<T>(T sample, T whole) => IsWhole ? whole : sample;
}
