using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kiln.Server.Hosting.RateLimiting;

/// <summary>
/// Requests per minute of one token, by class; so many may come at once. An account has twice as many for all of its tokens, and an address four times as many for all that is behind it: a
/// fleet of build machines has one address, and each of them a token. Zero means no limit.
/// </summary>
internal sealed record RateLimits
{
    public const string Usual = "read=12000,change=3000,publish=1200,authorize=120,page=1200";

    /// <summary>Per minute.</summary>
    public const int PerAccount = 2;

    /// <summary>Per minute.</summary>
    public const int PerAddress = 4;

    private readonly FrozenDictionary<RateClass, int> perMinute;

    private RateLimits(IReadOnlyDictionary<RateClass, int> perMinute) => this.perMinute = perMinute.ToFrozenDictionary();

    public static RateLimits Default { get; } = TryParse(Usual, out var usual, out _) ? usual : throw new InvalidOperationException("The usual limits cannot be read.");

    public int this[RateClass kind] => perMinute[kind];

    /// <param name="text"><c>class=number</c>, separated by commas; classes left out have their usual limit; <c>off</c> for none at all.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out RateLimits? limits, [NotNullWhen(false)] out string? problem)
    {
        var values = Enum.GetValues<RateClass>().ToDictionary(c => c, _ => 0);
        limits = null;
        if (text != "off")
        {
            foreach (var part in (text == Usual ? Usual : Usual + "," + text).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (part.Split('=') is not [var name, var number] || !Enum.TryParse<RateClass>(name, ignoreCase: true, out var kind) || !Enum.IsDefined(kind) || char.IsAsciiDigit(name[0])
                    || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > 10_000_000)
                {
                    problem = $"'{part}' is not one of read, change, publish, authorize and page with its requests per minute, for example {Usual}; or write off";
                    return false;
                }

                values[kind] = value;
            }
        }

        limits = new RateLimits(values);
        problem = null;
        return true;
    }
}
