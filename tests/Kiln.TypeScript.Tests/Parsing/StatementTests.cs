using Kiln.TypeScript.Support;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript.Parsing;

public sealed class StatementTests
{
    [Theory]
    [InlineData("if (a) b; else if (c) d; else e", "(IfStatement a (ExpressionStatement b) (IfStatement c (ExpressionStatement d) (ExpressionStatement e)))")]
    [InlineData("do a; while (b) c", "(DoStatement (ExpressionStatement a) b) (ExpressionStatement c)")]
    [InlineData("for (;;) ;", "(ForStatement (EmptyStatement))")]
    [InlineData("for (let i = 0, n = 1; i < n; i++) ;", "(ForStatement (VariableDeclarationList Let [(VariableDeclaration i 0) (VariableDeclaration n 1)]) (BinaryExpression i LessThan n) (PostfixUnaryExpression i PlusPlus) (EmptyStatement))")]
    [InlineData("for (const a in b) ;", "(ForInStatement (VariableDeclarationList Const [(VariableDeclaration a)]) b (EmptyStatement))")]
    [InlineData("for (a.b of c) ;", "(ForOfStatement (PropertyAccessExpression a b) c (EmptyStatement))")]
    [InlineData("for (var x = (a in b) ? 1 : 2;;) ;", "(ForStatement (VariableDeclarationList Var [(VariableDeclaration x (ConditionalExpression (ParenthesizedExpression (BinaryExpression a In b)) 1 2))]) (EmptyStatement))")]
    [InlineData("for (async of => {};;) ;", "(ForStatement (ArrowFunction+Async [(Parameter of)] (Block [])) (EmptyStatement))")]
    [InlineData("for (using x of y) ;", "(ForOfStatement (VariableDeclarationList Using [(VariableDeclaration x)]) y (EmptyStatement))")]
    [InlineData("for (using of of) ;", "(ForOfStatement using of (EmptyStatement))")]
    [InlineData("switch (a) { case b: c; default: case d: }", "(SwitchStatement a [(CaseClause b [(ExpressionStatement c)]) (CaseClause []) (CaseClause d [])])")]
    [InlineData("try { a } catch { b } finally { c }", "(TryStatement (Block [(ExpressionStatement a)]) (CatchClause (Block [(ExpressionStatement b)])) (Block [(ExpressionStatement c)]))")]
    [InlineData("try {} catch ({ message }: any) {}", "(TryStatement (Block []) (CatchClause (VariableDeclaration (ObjectBindingPattern [(BindingElement message)]) any) (Block [])))")]
    [InlineData("a: for (;;) { continue a; break a }", "(LabeledStatement a (ForStatement (Block [(ContinueStatement a) (BreakStatement a)])))")]
    [InlineData("let [a, , b = 1, ...[c]] = d", "(VariableStatement (VariableDeclarationList Let [(VariableDeclaration (ArrayBindingPattern [(BindingElement a) (OmittedExpression) (BindingElement b 1) (BindingElement+Rest (ArrayBindingPattern [(BindingElement c)]))]) d)]))")]
    [InlineData("const { a, b: c = 1, ['d']: e, ...f } = g", "(VariableStatement (VariableDeclarationList Const [(VariableDeclaration (ObjectBindingPattern [(BindingElement a) (BindingElement b c 1) (BindingElement (ComputedPropertyName 'd') e) (BindingElement+Rest f)]) g)]))")]
    [InlineData("using a = b; await using c = d", "(VariableStatement (VariableDeclarationList Using [(VariableDeclaration a b)])) (VariableStatement (VariableDeclarationList AwaitUsing [(VariableDeclaration c d)]))")]
    [InlineData("using (a); using[0]; let: b; await: c", "(ExpressionStatement (CallExpression using [a])) (ExpressionStatement (ElementAccessExpression using 0)) (LabeledStatement let (ExpressionStatement b)) (LabeledStatement await (ExpressionStatement c))")]
    [InlineData("let x!: T", "(VariableStatement (VariableDeclarationList Let [(VariableDeclaration+Definite x (TypeReference T))]))")]
    public void Statements(string source, string tree) => Assert.Equal(tree, Sources.Tree(source));

    [Theory]
    [InlineData("a\nb", "(ExpressionStatement a) (ExpressionStatement b)")]
    [InlineData("a\n++b", "(ExpressionStatement a) (ExpressionStatement (PrefixUnaryExpression PlusPlus b))")]
    [InlineData("a\n(b)", "(ExpressionStatement (CallExpression a [b]))")]
    [InlineData("function f() { return\na }", "(FunctionDeclaration f [] (Block [(ReturnStatement) (ExpressionStatement a)]))")]
    [InlineData("type\nFoo", "(ExpressionStatement type) (ExpressionStatement Foo)")]
    [InlineData("abstract\nclass A {}", "(ExpressionStatement abstract) (ClassDeclaration A [])")]
    [InlineData("async\nfunction f() {}", "(ExpressionStatement async) (FunctionDeclaration f [] (Block []))")]
    [InlineData("declare\nlet a", "(ExpressionStatement declare) (VariableStatement (VariableDeclarationList Let [(VariableDeclaration a)]))")]
    [InlineData("a /* \n */ b", "(ExpressionStatement a) (ExpressionStatement b)")]
    [InlineData("x as\nT", "(ExpressionStatement (AsExpression x (TypeReference T)))")]
    [InlineData("x\nas", "(ExpressionStatement x) (ExpressionStatement as)")]
    [InlineData("a\n!b", "(ExpressionStatement a) (ExpressionStatement (PrefixUnaryExpression Exclamation b))")]
    public void Line_breaks_end_statements_where_the_grammar_says_so(string source, string tree) => Assert.Equal(tree, Sources.Tree(source));

    [Theory]
    [InlineData("var as, async, await, declare, get, is, keyof, module, namespace, of, out, require, set, type, undefined, unique, using, from, global, override, satisfies, infer, defer, source, accessor, asserts, any, number, string")]
    [InlineData("type = namespace + module * declare / get - keyof; abstract(); readonly.x; global.y; override[z]")]
    [InlineData("interface\nfoo\n{}")]
    [InlineData("namespace\nfoo\n{}")]
    public void Contextual_keywords_are_names_too(string source) => Sources.ParseValid(source);

    [Fact]
    public void A_statement_knows_that_its_semicolon_was_inserted()
    {
        var file = Sources.ParseValid("a;b\nc");
        Assert.Equal([false, true, true], file.Statements.Select(s => s.Has(NodeFlags.NoSemicolon)));
        Assert.Equal([2, 3, 5], file.Statements.Select(s => s.End));
    }

    [Theory]
    [InlineData("await (x)", "(ExpressionStatement (CallExpression await [x]))")]
    [InlineData("await (x); export {}", "(ExpressionStatement (AwaitExpression (ParenthesizedExpression x))) (ExportDeclaration (NamedExports))")]
    [InlineData("await x", "(ExpressionStatement (AwaitExpression x))")]
    [InlineData("for await (a of b) ;", "(ForOfStatement+Await a b (EmptyStatement))")]
    public void Await_is_an_operator_at_the_top_of_a_module(string source, string tree) => Assert.Equal(tree, Sources.Tree(source));

    [Theory]
    [InlineData("a", false)]
    [InlineData("import 'x'", true)]
    [InlineData("export {}", true)]
    [InlineData("export const a = 1", true)]
    [InlineData("import.meta", true)]
    [InlineData("await x", true)]
    [InlineData("import('x')", false)]
    [InlineData("async () => await x", false)]
    [InlineData("import x = A.B", false)]
    [InlineData("import x = require('x')", true)]
    [InlineData("namespace A { export let b }", false)]
    [InlineData("declare module 'x' { export let b }", false)]
    public void A_file_is_a_module_when_something_proves_it(string source, bool isModule) => Assert.Equal(isModule, Sources.ParseValid(source).IsModule);

    [Theory]
    [InlineData("const a: number = 1; interface B {}; declare enum C {} declare namespace D {}", false)]
    [InlineData("enum A {}", true)]
    [InlineData("namespace A {}", true)]
    [InlineData("class A { constructor(private x) {} }", true)]
    [InlineData("@d class A {}", true)]
    [InlineData("class A { accessor x }", true)]
    [InlineData("import x = A.B", true)]
    [InlineData("import type x = require('x')", false)]
    [InlineData("export = x", true)]
    [InlineData("using a = b", true)]
    public void A_file_says_when_erasing_types_is_not_enough(string source, bool needsTransform) => Assert.Equal(needsTransform, Sources.ParseValid(source).NeedsTransform);
}
