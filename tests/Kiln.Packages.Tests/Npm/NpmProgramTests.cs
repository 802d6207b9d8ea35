using Kiln.Packages.Npm;

namespace Kiln.Packages.Tests.Npm;

public sealed class NpmProgramTests
{
    [Theory]
    [InlineData("main();\n", "#!/usr/bin/env node\nmain();\n", true)]
    [InlineData("", "#!/usr/bin/env node\n", true)]
    [InlineData("\ufeffmain();", "#!/usr/bin/env node\nmain();", true)]
    [InlineData("#!/usr/bin/env node\nmain();", "#!/usr/bin/env node\nmain();", false)]
    [InlineData("#!/usr/bin/env -S node --enable-source-maps\nmain();", "#!/usr/bin/env -S node --enable-source-maps\nmain();", false)]
    [InlineData("#!/usr/local/bin/node\nmain();", "#!/usr/local/bin/node\nmain();", false)]
    [InlineData("#!/usr/bin/env bun\nmain();", "#!/usr/bin/env bun\nmain();", false)]
    [InlineData("#!/usr/bin/env -S deno run --allow-env=node\nmain();", "#!/usr/bin/env node\nmain();", false)]
    [InlineData("#!/usr/bin/env tsx\r\nmain();\r\n", "#!/usr/bin/env node\nmain();\r\n", false)]
    [InlineData("#!/usr/bin/env node\r\nmain();\r\n", "#!/usr/bin/env node\nmain();\r\n", false)]
    [InlineData("#!/usr/bin/env node", "#!/usr/bin/env node", false)]
    public void A_program_starts_with_the_line_that_starts_it(string text, string expected, bool isNewLine)
    {
        Assert.Equal(expected, NpmProgram.WithInterpreter(text, out var added));
        Assert.Equal(isNewLine, added);
    }

    [Fact]
    public void A_map_moves_with_its_text() => Assert.Equal("""{"version":3,"sources":["./a.ts"],"mappings":";AAAA"}""", NpmProgram.ShiftMap("""{"version":3,"sources":["./a.ts"],"mappings":"AAAA"}"""));
}
