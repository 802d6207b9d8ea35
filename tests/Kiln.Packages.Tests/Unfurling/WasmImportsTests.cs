using System.Text;
using Kiln.Packages.Unfurling;

namespace Kiln.Packages.Tests.Unfurling;

public sealed class WasmImportsTests
{
    private static readonly byte[] Header = [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0];

    // One type, () -> (): section 1 of four bytes. A custom section closes the module.
    private static readonly byte[] Types = [1, 4, 1, 0x60, 0, 0];
    private static readonly byte[] Custom = [0, 3, 1, (byte)'n', 7];

    [Fact]
    public void Only_the_names_of_modules_in_the_import_section_change()
    {
        var old = Module("x", "y");
        var expected = Module("./lib/x.ts", "y");
        Assert.Equal(expected, WasmImports.Rewrite(old, name => name == "x" ? "./lib/x.ts" : null));
    }

    [Fact]
    public void Long_names_need_longer_sizes()
    {
        var name = new string('n', 300);
        Assert.Equal(Module(name, "y"), WasmImports.Rewrite(Module("x", "y"), old => old == "x" ? name : old));
    }

    [Fact]
    public void What_does_not_change_is_not_written() => Assert.Null(WasmImports.Rewrite(Module("x", "y"), _ => null));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(20)]
    public void A_module_that_ends_early_is_left_alone(int length) => Assert.Null(WasmImports.Rewrite(Module("x", "y").AsSpan(0, length), _ => "z"));

    [Fact]
    public void A_component_is_no_core_module()
    {
        var module = Module("x", "y");
        module[4] = 13;
        module[6] = 1;
        Assert.Null(WasmImports.Rewrite(module, _ => "z"));
    }

    /// <summary>Imports of all kinds: function, table, memory with a maximum, global.</summary>
    private static byte[] Module(string first, string second)
    {
        byte[] imports = [4, .. Name(first), .. Name("f"), 0, 0, .. Name(second), .. Name("t"), 1, 0x70, 0, 1, .. Name(first), .. Name("m"), 2, 1, 1, 2, .. Name(second), .. Name("g"), 3, 0x7F, 0];
        return [.. Header, .. Types, 2, .. Number(imports.Length), .. imports, .. Custom];
    }

    private static byte[] Name(string name) => [.. Number(Encoding.UTF8.GetByteCount(name)), .. Encoding.UTF8.GetBytes(name)];

    private static byte[] Number(int value) => value < 128 ? [(byte)value] : [(byte)(value & 0x7F | 0x80), (byte)(value >> 7)];
}
