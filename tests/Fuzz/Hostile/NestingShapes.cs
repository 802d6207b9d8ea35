namespace Kiln.Fuzz.Hostile;

/// <summary>security.md P1 and P2: what nests, closed and left open, and what is long without nesting.</summary>
internal static class NestingShapes
{
    public static readonly Shape[] All =
    [
        // Expressions.
        new("parentheses", "", "(", "a", ")", ""), new("parentheses, open", "", "(", "", "", ""), new("arrays", "x=", "[", "", "]", ""), new("arrays, open", "", "[", "", "", ""),
        new("objects", "x=", "{a:", "1", "}", ""), new("templates", "", "`${", "a", "}`", ""), new("templates, open", "", "`${", "", "", ""), new("conditionals, right", "x=", "a?b:", "c", "", ""),
        new("conditionals, middle", "x=", "a?", "b", ":c", ""), new("not", "", "!", "x", "", ""), new("minus", "", "- ", "x", "", ""), new("typeof", "", "typeof ", "x", "", ""),
        new("arrows", "", "()=>", "x", "", ""), new("arrows with blocks", "x=", "()=>{", "", "}", ""), new("arrows with defaults", "x=", "(a=", "0", ")=>1", ""), new("arrows with defaults, open", "x=", "(a=", "0", "", ""),
        new("arrows between ? and :", "x=", "a?(b):c=>", "0", ":0", ""), new("arrows between ? and :, open", "x=", "a?(b):c=>", "0", "", ""), new("async arrows", "x=", "async()=>", "1", "", ""), new("new", "", "new ", "x", "", ""), new("new with arguments", "", "new x(", "", ")", ""),
        new("power", "x=", "1**", "1", "", ""), new("calls", "", "f(", "", ")", ""), new("index", "", "a[", "0", "]", ""), new("assignments", "", "a=", "b", "", ""), new("patterns assigned", "", "[", "a", "]=b", ""),
        new("object patterns assigned", "(", "{a:", "b", "}=c", ")"), new("spread", "", "[...", "a", "]", ""), new("functions", "x=", "function(){return ", "1", "}", ""), new("generators", "function*f(){", "yield ", "1", "", "}"),
        new("await", "async function f(){", "await ", "1", "", "}"), new("tagged templates", "", "a`${", "", "}`", ""), new("imports", "", "import(", "'a'", ")", ""), new("comparisons or types", "x=", "a<", "b", "", ""),
        new("type arguments in calls", "", "f(a<b,", "c", ")", ""), new("assertions", "x=", "(", "a", " as any)", ""), new("angle assertions", "x=", "<a>", "b", "", ""), new("non-null parentheses", "x=", "(", "a", ")!", ""),
        new("classes in expressions", "x=", "class{a=", "1", "}", ""), new("computed names", "x=", "{[", "a", "]:1}", ""), new("regular expressions", "x=/", "(", "a", ")", "/"), new("sets in regular expressions", "x=/", "[", "a", "]", "/v"),

        // Statements.
        new("blocks", "", "{", "", "}", ""), new("blocks, open", "", "{", "", "", ""), new("if", "", "if(a)", ";", "", ""), new("else if", "", "if(a);else ", ";", "", ""), new("labels", "", "l:", ";", "", ""), new("distinct labels", "", "a:b:c:", ";", "", ""),
        new("while", "", "while(1)", ";", "", ""), new("do", "", "do ", ";", " while(0)", ""), new("for", "", "for(;;)", ";", "", ""), new("for of", "", "for(const a of b)", ";", "", ""), new("with", "", "with(a)", ";", "", ""),
        new("try", "", "try{", "", "}finally{}", ""), new("catch", "", "try{}catch(a){", "", "}", ""), new("switch", "", "switch(a){case 1:", "", "}", ""), new("function declarations", "", "function f(){", "", "}", ""),
        new("array patterns", "var ", "[", "a", "]", "=b"), new("object patterns", "var ", "{a:", "b", "}", "=c"), new("pattern defaults", "var ", "[a=", "b", "]", "=c"), new("parameters", "function f(", "[", "a", "]", "){}"),
        new("classes", "", "class A{m(){", "", "}}", ""), new("static blocks", "", "class A{static{", "", "}}", ""), new("heritage", "", "class A extends ", "B", "{}", "{}"), new("heritage, open", "x=", "class extends ", "", "", ""), new("heritage of calls", "x=", "class extends f(", "", "){}", ""), new("private names", "class A{#a;m(){", "#a in ", "this", "", "}}"),

        // Types and TypeScript's declarations.
        new("type arguments", "let x:", "A<", "B", ">", ";"), new("type arguments, open", "let x:", "A<", "", "", ""), new("conditional types, right", "type T=", "A extends B?C:", "D", "", ""), new("conditional types, middle", "type T=", "A extends B?", "C", ":D", ""),
        new("extends", "type T=", "A extends ", "D", "?1:2", ""), new("type parentheses", "type T=", "(", "A", ")", ""), new("tuples", "type T=", "[", "A", "]", ""), new("type literals", "type T=", "{a:", "A", "}", ""), new("keyof", "type T=", "keyof ", "A", "", ""),
        new("function types", "type T=", "(a:", "A", ")=>B", ""), new("function types, right", "type T=", "()=>", "A", "", ""), new("patterns in function types", "type T=", "({a=0 as ", "0", "}:B)=>C", ""), new("patterns or types", "type T=", "({a}:", "A", ")=>B", ""),
        new("patterns with function types", "type T=", "({a=(b:", "A", ")=>0}:B)=>C", ""), new("constructor types", "type T=", "new()=>", "A", "", ""), new("abstract constructor types", "type T=", "abstract new () => ", "x", "", ""),
        new("infer", "type T=X extends ", "[infer A extends ", "B", "]?1:2", "?3:4"), new("infer, nested conditions", "type T=", "A extends (infer B extends ", "C", "?1:2)?3:4", ""), new("template types", "type T=", "`${", "A", "}`", ""), new("mapped types", "type T=", "{[K in ", "x", "]:1}", ""),
        new("mapped values", "type T=", "{[K in A]:", "x", "}", ""), new("import types", "type T=", "import('a').B<", "C", ">", ""), new("indexed types", "type T=", "A[", "B", "]", ""), new("typeof types", "type T=", "typeof a<", "B", ">", ""), new("unions in brackets", "type T=", "(A|", "B", ")", ""),
        new("type parameters", "function f<A extends ", "<B extends ", "C", ">()=>D", ">(){}"), new("instantiations", "x=f", "<T>", "", "", ""), new("namespaces", "", "namespace A{", "export let a", "}", ""), new("dotted namespaces", "namespace A", ".B", "{export let a}", "", ""),
        new("exported namespaces", "", "export namespace A{", "export let a", "}", ""), new("enums in namespaces", "", "namespace A{enum E{a=1}", "", "}", ""), new("ambient", "", "declare namespace A{", "", "}", ""), new("decorators", "", "@(", "a", ")", " class A{}"), new("decorated classes", "", "@a class A{@b m(){", "", "}}", ""),
        new("decorators in decorators", "", "@(", "a", " class{})", "class A{}"), new("decorators in objects", "", "@{", "", "", ""), new("decorators of members in objects", "x=", "{@", "a", " b(){}}", ""), new("decorators of parameters", "x=", "function(@", "a", " b){}", ""), new("decorated class expressions", "", "@class{", "", "}", " class A{}"), new("using", "", "{using a=b;", "", "}", ""), new("interfaces", "interface I{a:", "{b:", "A", "}", "}"),

        // JSX.
        new("elements", "x=", "<a>", "", "</a>", ""), new("fragments", "x=", "<>", "", "</>", ""), new("attributes", "x=", "<a b={", "1", "}/>", ""), new("elements in attributes", "x=", "<a b=", "<c/>", "/>", ""), new("children in braces", "x=", "<a>{", "1", "}</a>", ""), new("elements, open", "x=", "<a>", "", "", ""),
        new("generic arrows or elements", "x=", "<T>(", "a", ")", ""), new("spread attributes", "x=", "<a {...", "b", "}/>", ""),

        // Comments, and what closes nothing.
        new("comments", "", "/*", "", "*/", ""), new("comments, open", "", "/*", "", "", ""), new("documentation", "", "/**{@link ", "", "}*/", "var a"), new("closing parentheses", "", ")", "", "", ""), new("closing braces", "", "}", "", "", ""), new("closing brackets", "", "]", "", "", ""), new("closing tags", "", "</a>", "", "", ""),
        new("unclosed everything", "", "({[`${(<a b={function(){class A{m(", "", "", ""), new("unclosed types", "type T=", "A<{a:[(b:()=>", "", "", ""), new("backslashes", "", "\\u{", "", "", ""), new("hashes", "", "#", "", "", ""), new("at signs", "", "@", "", "", ""),

        // Long, not deep (P2).
        new("sum", "x=", "a+", "b", "", ""), new("members", "x", ".b", "", "", ""), new("chained calls", "x", "()", "", "", ""), new("optional chain", "x", "?.b", "", "", ""), new("elements of elements", "x", "[0]", "", "", ""), new("commas", "", "x,", "x", "", ""), new("non-null", "x", "!", "", "", ""),
        new("as chain", "x=a", " as T", "", "", ""), new("satisfies chain", "x=a", " satisfies T", "", "", ""), new("union", "type T=", "A|", "B", "", ""), new("array types", "type T=A", "[]", "", "", ""), new("qualified name", "let x:A", ".B", "", "", ""), new("template chain", "x", "`a`", "", "", ""),
        new("coalesce", "x=", "a??", "b", "", ""), new("string sum in an enum", "enum E{a=", "'x'+", "'y'", "", "}"), new("sum in an enum", "enum E{a=", "1+", "2", "", "}"),
    ];
}
