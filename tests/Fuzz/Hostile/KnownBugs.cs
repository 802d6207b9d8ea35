using System.Text;

namespace Kiln.Fuzz.Hostile;

/// <summary>
/// security.md P7: inputs of the kinds that made TypeScript's checker or emitter take exponential or quadratic time (unions that multiply, template types that
/// blow up, thousands of overloads, alias chains …), and inputs against this code's own weak places. Each takes about the given number of characters.
/// </summary>
internal static class KnownBugs
{
    public static readonly (string Name, Func<int, string> Make)[] All =
    [
        ("unions that multiply", n => Lines(n, i => $"type U{i}=U{Math.Max(i - 1, 0)}|{{a{i}:U{Math.Max(i - 1, 0)}}}")),
        ("intersections of unions", n => Lines(n, i => $"type I{i}=(A{i}|B{i})&(C{i}|D{i})&(E{i}|F{i})")),
        ("template types that multiply", n => Lines(n, i => $"type T{i}=`${{D}}${{D}}${{D}}${{D}}${{D}}${{D}}`")),
        ("ten thousand overloads and more", n => Lines(n, i => $"function f(a:'{i}'):{i};") + "function f(a:any){}"),
        ("alias chain", n => Lines(n, i => $"type A{i}=A{i + 1}<A{i + 1}<A{i + 1}>>")),
        ("recursive conditional types", n => Lines(n, i => $"type R{i}<T>=T extends [infer H,...infer R]?[H,...R{i}<R>]:never")),
        ("mapped types over mapped types", n => Lines(n, i => $"type M{i}<T>={{[K in keyof M{i + 1}<T> as `${{K&string}}_{i}`]:M{i + 1}<T>[K]}}")),
        ("constants that double", n => Lines(n, i => i == 0 ? "const c0='x'" : $"const c{i}=c{i - 1}+c{i - 1}") + "enum E{a=c200000,b=c20,c=c15}"),
        ("enum members that double", n => "enum E{a0='x'," + Joined(n, i => $"a{i + 1}=a{i}+a{i},") + "}"),
        ("enum members of long text", n => "const t='" + new string('t', 60_000) + "';enum E{" + Joined(n, i => $"a{i}=t+{i},") + "}"),
        ("enum of references", n => "enum E{a=1," + Joined(n, i => $"b{i}=a|{i},") + "}"),
        ("hexadecimal enum member", n => "enum E{a=0x" + new string('f', n) + "}"),
        ("decimal enum member", n => "enum E{a=" + new string('9', n) + "}"),
        ("merged namespaces", n => Lines(n, i => $"namespace N{{export let a{i}=a{i / 2}}}")),
        ("namespaces that shadow themselves", n => Lines(n, i => $"namespace N{i}{{let N{i}=1}}")),
        ("one long namespace name", n => $"namespace {new string('N', 90)}{{export let a=0;" + Joined(n, _ => "a;") + "}"),
        ("references out of deep scopes", n => "import b from'b';" + new string('{', 400) + Joined(n, _ => "b;") + new string('}', 400)),
        ("var in deep blocks", n => "import b from'b';" + new string('{', 400) + Joined(n, _ => "var b;") + new string('}', 400)),
        ("types in deep namespaces", n => string.Concat(Enumerable.Repeat("namespace A{", 400)) + Joined(n, _ => "interface I{}") + new string('}', 400)),
        ("decorated classes", n => Lines(n, i => $"@a export class A{i}{{@b c}}")),
        ("decorated members", n => "class A{" + Joined(n, i => $"@a b{i};") + "}"),
        ("accessors", n => "class A{" + Joined(n, i => $"accessor a{i};") + "}"),
        ("parameter properties and super calls", n => "class A extends B{constructor(" + Joined(n / 2, i => $"public a{i},") + "){if(a){" + Joined(n / 2, _ => "super();") + "}}}"),
        ("using", n => Lines(n, i => $"{{using a{i}=b}}")),
        ("using at the top", n => Lines(n, i => $"using a{i}=b")),
        ("underscores in front of a name", n => new string('_', n) + "env_1;{using a=b}"),
        ("the names that the emitter would take", n => Joined(n, i => $"_env_{i};") + "{using a=b}{using c=d}"),
        ("long lines of blanks", n => new string(' ', n / 2) + Joined(n / 2, i => $"enum E{i}{{a}}")),
        ("comments in front of types", n => new string(' ', n / 2) + Joined(n / 2, _ => "/**/") + "interface I{}"),
        ("imports that are types", n => "import{" + Joined(n, i => $"a{i},") + "}from'a';a7;let x:a8"),
        ("unused imports", n => Lines(n, i => $"import a{i} from'a{i}'")),
        ("import aliases in a chain", n => "namespace A0{export let x}" + Lines(n, i => $"import A{i + 1}=A{i}") + ";A5.x"),
        ("exports of types", n => Lines(n, i => $"type T{i}=1;export{{T{i}}}")),
        ("erased semicolons", n => Lines(n, i => $"a=b as T{i}")),
        ("labelled loops with using", n => new string('{', 300) + Joined(n, _ => "a:for(using b=c;;);") + new string('}', 300)),
        ("defaults in arrow heads that fail", n => "x=" + string.Concat(Enumerable.Repeat("(a=", 400)) + Joined(n, _ => "1+") + "1"),
        ("type arguments that fail", n => "x=" + Joined(n, _ => "a<b|")),
        ("patterns in function types that fail", n => "type T=" + string.Concat(Enumerable.Repeat("({a=", 200)) + Joined(n, _ => "1+") + "1"),
        ("JSX pragmas", n => "/*" + Joined(n, _ => "@jsx ") + "*/x=<a/>"),
        ("JSX entities", n => "x=<a>" + Joined(n, _ => "&amp;&") + "</a>"),
        ("imports in documentation", n => "/**" + Joined(n, _ => "{import('a')") + "*/"),
        ("tags in documentation", n => "/**" + Joined(n, _ => "@param {a} b\n") + "*/function f(){}"),
        ("brackets in documentation", n => "/**" + Joined(n, _ => "@param [a=") + "*/function f(){}"),
        ("links in documentation", n => "/**" + Joined(n, _ => "{@link ") + "*/var a"),
        ("long relative specifier", n => "import'" + Joined(n, _ => "../a/") + "x.ts'"),
        ("specifiers of packages", n => Lines(n, i => $"import'npm:a{i}@1'")),
        ("specifiers that are not there", n => Lines(n, i => $"import('./a{i}.ts')")),
        ("specifiers with escapes", n => "import'./" + Joined(n, _ => "%2e%2E/%41") + "'"),
        ("duplicate declarations", n => Joined(n, _ => "let a;")),
        ("duplicate exports", n => Joined(n, _ => "export{a};")),
        ("duplicate parameters", n => "function f(" + Joined(n, _ => "a,") + "){}"),
        ("duplicate private names", n => "class A{" + Joined(n, _ => "#a;") + "}"),
        ("duplicate labels", n => "a:{" + Joined(n, _ => "b:c:break a;") + "}"),
        ("undeclared private names", n => "class A{m(){" + Joined(n, i => $"this.#a{i};") + "}}"),
        ("undeclared exports", n => Lines(n, i => $"export{{a{i}}}")),
        ("__proto__ twice", n => "x={" + Joined(n, _ => "__proto__:1,") + "}"),
    ];

    private static string Lines(int length, Func<int, string> line) => Joined(length, i => line(i) + "\n");

    private static string Joined(int length, Func<int, string> part)
    {
        var text = new StringBuilder(length + 64);
        for (var i = 0; text.Length < length; i++)
        {
            text.Append(part(i));
        }

        return text.ToString();
    }
}
