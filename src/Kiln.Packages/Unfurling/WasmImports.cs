using System.Buffers.Binary;
using System.Text;

namespace Kiln.Packages.Unfurling;

/// <summary>Rewrites the module names in the import section of a WebAssembly module; every other section stays as it is (publishing.md §2.1).</summary>
internal static class WasmImports
{
    private const byte ImportSection = 2;

    /// <summary>The new bytes; null when nothing changes, also for what is no core module of version 1.</summary>
    /// <param name="rewrite">The new name of a module, or null.</param>
    public static byte[]? Rewrite(ReadOnlySpan<byte> module, Func<string, string?> rewrite)
    {
        if (!module.StartsWith("\0asm"u8) || module.Length < 8 || BinaryPrimitives.ReadInt32LittleEndian(module[4..]) != 1)
        {
            return null;
        }

        var at = 8;
        while (at < module.Length)
        {
            var start = at;
            var id = module[at++];
            if (!TryReadNumber(module, ref at, out var size) || size > (ulong)(module.Length - at))
            {
                return null;
            }

            if (id == ImportSection)
            {
                return RewriteSection(module.Slice(at, (int)size), rewrite) is { } section
                    ? [.. module[..start], id, .. Number((uint)section.Length), .. section, .. module[(at + (int)size)..]]
                    : null;
            }

            at += (int)size;
        }

        return null;
    }

    private static byte[]? RewriteSection(ReadOnlySpan<byte> section, Func<string, string?> rewrite)
    {
        var at = 0;
        if (!TryReadNumber(section, ref at, out var count))
        {
            return null;
        }

        var output = new List<byte>(section.Length + 64);
        output.AddRange(section[..at]);
        var changed = false;
        for (var i = 0UL; i < count; i++)
        {
            if (!TryReadName(section, ref at, out var name))
            {
                return null;
            }

            if (rewrite(name) is { } replacement && replacement != name)
            {
                name = replacement;
                changed = true;
            }

            var bytes = Encoding.UTF8.GetBytes(name);
            output.AddRange(Number((uint)bytes.Length));
            output.AddRange(bytes);
            var rest = at;
            if (!TryReadName(section, ref at, out _) || !TrySkipDescription(section, ref at))
            {
                return null;
            }

            output.AddRange(section[rest..at]);
        }

        return changed && at == section.Length ? [.. output] : null;
    }

    private static bool TrySkipDescription(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (at >= bytes.Length)
        {
            return false;
        }

        switch (bytes[at++])
        {
            case 0: // function: its type
                return TryReadNumber(bytes, ref at, out _);
            case 1: // table: what it holds, then its limits
                at++;
                return TrySkipLimits(bytes, ref at);
            case 2: // memory
                return TrySkipLimits(bytes, ref at);
            case 3: // global: type and mutability
                at += 2;
                return at <= bytes.Length;
            case 4: // tag: attribute, then its type
                at++;
                return TryReadNumber(bytes, ref at, out _);
            default:
                return false;
        }
    }

    private static bool TrySkipLimits(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (at >= bytes.Length)
        {
            return false;
        }

        var hasMaximum = (bytes[at++] & 1) != 0;
        return TryReadNumber(bytes, ref at, out _) && (!hasMaximum || TryReadNumber(bytes, ref at, out _));
    }

    private static bool TryReadName(ReadOnlySpan<byte> bytes, ref int at, out string name)
    {
        name = "";
        if (!TryReadNumber(bytes, ref at, out var length) || length > (ulong)(bytes.Length - at))
        {
            return false;
        }

        name = Encoding.UTF8.GetString(bytes.Slice(at, (int)length));
        at += (int)length;
        return true;
    }

    /// <summary>Unsigned LEB128 of at most 64 bits, as 64-bit memories have it.</summary>
    private static bool TryReadNumber(ReadOnlySpan<byte> bytes, ref int at, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            var b = bytes[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Number(uint value)
    {
        var bytes = new List<byte>(5);
        do
        {
            bytes.Add((byte)((value & 0x7F) | (value > 0x7F ? 0x80u : 0)));
            value >>= 7;
        }
        while (value > 0);
        return [.. bytes];
    }
}
