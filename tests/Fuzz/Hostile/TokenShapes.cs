namespace Kiln.Fuzz.Hostile;

/// <summary>security.md P6: files that are one long token, one long run of a thing, or a million lines.</summary>
internal static class TokenShapes
{
    public static readonly Shape[] Single =
    [
        new("identifier", "", "a", "", "", ""), new("identifier of letters beyond ASCII", "", "ä", "", "", ""), new("identifier of escapes", "", "\\u0061", "", "", ""), new("string", "'", "a", "'", "", ""), new("string of escapes", "'", "\\n", "'", "", ""),
        new("string, open", "'", "a", "", "", ""), new("template", "`", "a", "`", "", ""), new("template, open", "`", "a", "", "", ""), new("template of escapes", "`", "\\u{61}", "`", "", ""), new("comment", "/*", "*", "*/", "", ""), new("comment, open", "/*", "a", "", "", ""), new("comment of lines", "/*", "\n", "*/", "", ""),
        new("documentation", "/**", "x", "*/", "", ""), new("line comment", "//", "x", "", "", ""), new("regular expression", "x=/", "a", "/", "", ""), new("regular expression of classes", "x=/", "[a]", "/", "", ""), new("regular expression of groups", "x=/", "(?<a>b)", "/", "", ""), new("decimal number", "x=", "1", "", "", ""),
        new("number with separators", "x=1", "_1", "", "", ""), new("hexadecimal number", "x=0x", "f", "", "", ""), new("bigint", "x=", "9", "n", "", ""), new("private name", "class A{#", "a", "}", "", ""), new("JSX text", "x=<a>", "b ", "</a>", "", ""), new("JSX attribute", "x=<a b='", "c", "'/>", "", ""), new("JSX name", "x=<a", "-b", "/>", "", ""),
        new("blanks", "", " ", "", "", ""), new("lines", "", "\n", "", "", ""), new("carriage returns", "", "\r", "", "", ""), new("lone surrogates", "\"", "\ud800", "\"", "", ""), new("characters of no token", "", "\u0001", "", "", ""), new("shebang", "#!", "a", "", "", ""),
    ];

    /// <summary>A million lines and more, a million of each small thing.</summary>
    public static readonly Shape[] Runs =
    [
        new("statements", "", "a;\n", "", "", ""), new("empty statements", "", ";", "", "", ""), new("statements without semicolons", "", "a\n", "", "", ""), new("line comments", "", "//a\n", "", "", ""), new("block comments", "", "/**/", "", "", ""), new("documentation of tags on one line", "/**", " @a", "*/", "", ""), new("documented variables", "", "/** a */ var b\n", "", "", ""),
        new("imports", "", "import{a}from'a';\n", "", "", ""), new("exports", "", "export*from'a';\n", "", "", ""), new("requires", "", "require('a');", "", "", ""), new("static, a name", "", "static\n", "", "", ""), new("type, a name", "", "type\n", "", "", ""), new("interfaces", "", "interface I{}\n", "", "", ""), new("interfaces on one line", "", "interface I{}", "", "", ""),
        new("classes", "", "class A{}\n", "", "", ""), new("fields", "class A{", "a;", "}", "", ""), new("overloads", "", "function f(a:A):B;\n", "function f(){}", "", ""), new("overloads in a class", "class A{", "f(a:A):B;", "f(){}}", "", ""), new("enum members", "enum E{", "a,", "}", "", ""), new("arguments", "f(", "a,", ")", "", ""), new("array holes", "[", ",", "]", "", ""),
        new("parameters", "function f(", "a?:A,", "){}", "", ""), new("object members", "x={", "a,", "}", "", ""), new("cases", "switch(a){", "case 1:", "}", "", ""), new("else if", "", "if(a){}else ", "{}", "", ""), new("decorators", "", "@a ", "class A{}", "", ""), new("template parts", "`", "${a}", "`", "", ""), new("JSX children", "x=<a>", "<b/>", "</a>", "", ""),
        new("JSX attributes", "x=<a ", "b ", "/>", "", ""), new("type members", "type T={", "a:A;", "}", "", ""), new("tuple members", "type T=[", "A,", "]", "", ""), new("keywords", "", "var ", "", "", ""), new("modifiers", "", "abstract ", "", "", ""), new("declare", "", "declare ", "", "", ""), new("failed guesses", "x=[", "a<b,", "]", "", ""),
        new("failed arrows", "x=[", "(a),", "]", "", ""), new("regular expressions", "x=[", "/a/,", "]", "", ""), new("strings", "x=[", "'a',", "]", "", ""), new("references", "", "/// <reference types=\"a\" />\n", "", "", ""), new("unused labels", "", "a:;", "", "", ""),
    ];
}
