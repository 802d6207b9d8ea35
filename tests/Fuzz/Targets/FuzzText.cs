namespace Kiln.Fuzz.Targets;

/// <summary>
/// Bytes to UTF-16 as in UTF-8, except that surrogates may be encoded too (WTF-8): strings may hold lone ones, so the fuzzer must be able to make them.
/// Every other malformed byte becomes U+FFFD.
/// </summary>
internal static class FuzzText
{
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length];
        var count = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var lead = bytes[i];
            if (lead < 0x80)
            {
                text[count++] = (char)lead;
                continue;
            }

            var more = lead switch { >= 0xC2 and < 0xE0 => 1, >= 0xE0 and < 0xF0 => 2, >= 0xF0 and < 0xF5 => 3, _ => 0 };
            var value = more == 0 ? 0 : lead & (0x3F >> more);
            var read = 0;
            while (read < more && i + read + 1 < bytes.Length && (bytes[i + read + 1] & 0xC0) == 0x80)
            {
                read++;
                value = (value << 6) | (bytes[i + read] & 0x3F);
            }

            if (more == 0 || read < more || value > 0x10FFFF || (more == 2 && value < 0x800) || (more == 3 && value < 0x10000))
            {
                text[count++] = '\uFFFD';
                continue;
            }

            i += more;
            if (value > 0xFFFF)
            {
                text[count++] = (char)(0xD800 + ((value - 0x10000) >> 10));
                text[count++] = (char)(0xDC00 + ((value - 0x10000) & 0x3FF));
            }
            else
            {
                text[count++] = (char)value;
            }
        }

        return new string(text, 0, count);
    }
}
