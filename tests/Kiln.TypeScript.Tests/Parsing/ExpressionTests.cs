using Kiln.TypeScript.Support;

namespace Kiln.TypeScript.Parsing;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("a + b * c", "(BinaryExpression a Plus (BinaryExpression b Asterisk c))")]
    [InlineData("a - b - c", "(BinaryExpression (BinaryExpression a Minus b) Minus c)")]
    [InlineData("a ** b ** c", "(BinaryExpression a AsteriskAsterisk (BinaryExpression b AsteriskAsterisk c))")]
    [InlineData("a || b && c | d ^ e & f", "(BinaryExpression a BarBar (BinaryExpression b AmpersandAmpersand (BinaryExpression c Bar (BinaryExpression d Caret (BinaryExpression e Ampersand f)))))")]
    [InlineData("a >> b >>> c >= d", "(BinaryExpression (BinaryExpression (BinaryExpression a GreaterThanGreaterThan b) GreaterThanGreaterThanGreaterThan c) GreaterThanEquals d)")]
    [InlineData("a >>>= b", "(BinaryExpression a GreaterThanGreaterThanGreaterThanEquals b)")]
    [InlineData("a = b = c", "(BinaryExpression a Equals (BinaryExpression b Equals c))")]
    [InlineData("a ??= b", "(BinaryExpression a QuestionQuestionEquals b)")]
    [InlineData("a, b", "(BinaryExpression a Comma b)")]
    [InlineData("a ? b : c ? d : e", "(ConditionalExpression a b (ConditionalExpression c d e))")]
    [InlineData("a?.5:1", "(ConditionalExpression a .5 1)")]
    [InlineData("-x ** 2", null)]
    [InlineData("(-x) ** 2", "(BinaryExpression (ParenthesizedExpression (PrefixUnaryExpression Minus x)) AsteriskAsterisk 2)")]
    [InlineData("typeof void delete a.b", "(PrefixUnaryExpression TypeOf (PrefixUnaryExpression Void (PrefixUnaryExpression Delete (PropertyAccessExpression a b))))")]
    [InlineData("x++ + ++y", "(BinaryExpression (PostfixUnaryExpression x PlusPlus) Plus (PrefixUnaryExpression PlusPlus y))")]
    [InlineData("#x in y", "(BinaryExpression #x In y)")]
    [InlineData("a in b instanceof c", "(BinaryExpression (BinaryExpression a In b) InstanceOf c)")]
    public void Operators_bind_by_precedence(string source, string? tree)
    {
        if (tree is null)
        {
            Assert.NotEqual(0, Sources.FirstError(source));
            return;
        }

        Assert.Equal(tree, Sources.Expression(source));
    }

    [Theory]
    [InlineData("a.b[c](d)", "(CallExpression (ElementAccessExpression (PropertyAccessExpression a b) c) [d])")]
    [InlineData("a?.b.c?.[d]?.(e)", "(CallExpression+QuestionDot (ElementAccessExpression+QuestionDot (PropertyAccessExpression (PropertyAccessExpression+QuestionDot a b) c) d) [e])")]
    [InlineData("a.if.class", "(PropertyAccessExpression (PropertyAccessExpression a if) class)")]
    [InlineData("a.#b", "(PropertyAccessExpression a #b)")]
    [InlineData("new a.b(c).d", "(PropertyAccessExpression (NewExpression (PropertyAccessExpression a b) [c]) d)")]
    [InlineData("new new A(b)", "(NewExpression (NewExpression A [b]))")]
    [InlineData("new A", "(NewExpression A)")]
    [InlineData("f(...a, b,)", "(CallExpression f [(SpreadElement a) b])")]
    [InlineData("a!.b!", "(NonNullExpression (PropertyAccessExpression (NonNullExpression a) b))")]
    [InlineData("super.a()", "(CallExpression (PropertyAccessExpression super a) [])")]
    [InlineData("import.meta.url", "(PropertyAccessExpression import.meta url)")]
    [InlineData("import('x')", "(ImportCallExpression ['x'])")]
    [InlineData("import('x', { with: {} }).then(f)", "(CallExpression (PropertyAccessExpression (ImportCallExpression ['x' (ObjectLiteralExpression [(PropertyAssignment with (ObjectLiteralExpression))])]) then) [f])")]
    [InlineData("import.defer('x')", "(ImportCallExpression Defer ['x'])")]
    [InlineData("import.source('x')", "(ImportCallExpression Source ['x'])")]
    [InlineData("a`b${c}d`", "(TaggedTemplateExpression a (TemplateExpression [`b${ }d`] [c]))")]
    [InlineData("`${`${a}`}`", "(TemplateExpression [`${ }`] [(TemplateExpression [`${ }`] [a])])")]
    public void Accesses_and_calls_chain_to_the_left(string source, string tree) => Assert.Equal(tree, Sources.Expression(source));

    [Theory]
    [InlineData("f<T>(x)", "(CallExpression f [(TypeReference T)] [x])")]
    [InlineData("f<T>", "(ExpressionWithTypeArguments f [(TypeReference T)])")]
    [InlineData("new A<B<C>>()", "(NewExpression A [(TypeReference B [(TypeReference C)])] [])")]
    [InlineData("f<T>`x`", "(TaggedTemplateExpression f [(TypeReference T)] `x`)")]
    [InlineData("f<<T>(x: T) => T>(g)", "(CallExpression f [(FunctionType [(TypeParameter T)] [(Parameter x (TypeReference T))] (TypeReference T))] [g])")]
    [InlineData("a?.<T>(b)", "(CallExpression+QuestionDot a [(TypeReference T)] [b])")]
    [InlineData("a < b > c", "(BinaryExpression (BinaryExpression a LessThan b) GreaterThan c)")]
    [InlineData("a < b || c > d", "(BinaryExpression (BinaryExpression a LessThan b) BarBar (BinaryExpression c GreaterThan d))")]
    [InlineData("f(a < b, c > (d))", "(CallExpression f [(CallExpression a [(TypeReference b) (TypeReference c)] [d])])")]
    [InlineData("f(a < b, c > d)", "(CallExpression f [(BinaryExpression a LessThan b) (BinaryExpression c GreaterThan d)])")]
    [InlineData("x as T as U", "(AsExpression (AsExpression x (TypeReference T)) (TypeReference U))")]
    [InlineData("a + b as T", "(AsExpression (BinaryExpression a Plus b) (TypeReference T))")]
    [InlineData("x as const", "(AsExpression x (TypeReference const))")]
    [InlineData("x satisfies T", "(SatisfiesExpression x (TypeReference T))")]
    [InlineData("<T>x", "(TypeAssertion x (TypeReference T))")]
    [InlineData("<const>[1]", "(TypeAssertion (ArrayLiteralExpression [1]) (TypeReference const))")]
    [InlineData("a = b as any", "(BinaryExpression a Equals (AsExpression b any))")]
    public void Types_stand_in_expressions(string source, string tree) => Assert.Equal(tree, Sources.Expression(source));

    [Fact]
    public void In_JavaScript_angle_brackets_compare() =>
        Assert.Equal("(BinaryExpression (BinaryExpression f LessThan T) GreaterThan (ParenthesizedExpression x))", Sources.Expression("f<T>(x)", Language.JavaScript));

    [Theory]
    [InlineData("() => a", "(ArrowFunction [] a)")]
    [InlineData("x => y => z", "(ArrowFunction [(Parameter x)] (ArrowFunction [(Parameter y)] z))")]
    [InlineData("async x => await x", "(ArrowFunction+Async [(Parameter x)] (AwaitExpression x))")]
    [InlineData("async (x) => {}", "(ArrowFunction+Async [(Parameter x)] (Block []))")]
    [InlineData("async(x)", "(CallExpression async [x])")]
    [InlineData("async => async", "(ArrowFunction [(Parameter async)] async)")]
    [InlineData("(a, b = 1, ...c) => a", "(ArrowFunction [(Parameter a) (Parameter b 1) (Parameter+Rest c)] a)")]
    [InlineData("({ a, b: [c] }) => a", "(ArrowFunction [(Parameter (ObjectBindingPattern [(BindingElement a) (BindingElement b (ArrayBindingPattern [(BindingElement c)]))]))] a)")]
    [InlineData("(a, b)", "(ParenthesizedExpression (BinaryExpression a Comma b))")]
    [InlineData("({ a: (b) })", "(ParenthesizedExpression (ObjectLiteralExpression [(PropertyAssignment a (ParenthesizedExpression b))]))")]
    [InlineData("(a?: T): U => b", "(ArrowFunction [(Parameter+Optional a (TypeReference T))] (TypeReference U) b)")]
    [InlineData("<T>(x: T) => x", "(ArrowFunction [(TypeParameter T)] [(Parameter x (TypeReference T))] x)")]
    [InlineData("async <const T,>(x: T) => x", "(ArrowFunction+Async [(TypeParameter const T)] [(Parameter x (TypeReference T))] x)")]
    [InlineData("a ? (b) : c => d", "(ConditionalExpression a (ParenthesizedExpression b) (ArrowFunction [(Parameter c)] d))")]
    [InlineData("a ? (b): c => d : e", "(ConditionalExpression a (ArrowFunction [(Parameter b)] (TypeReference c) d) e)")]
    [InlineData("a ? (b) => (c) : d => e", "(ConditionalExpression a (ArrowFunction [(Parameter b)] (ParenthesizedExpression c)) (ArrowFunction [(Parameter d)] e))")]
    [InlineData("a ? b ? (c) : (d) : e => f", "(ConditionalExpression a (ConditionalExpression b (ParenthesizedExpression c) (ParenthesizedExpression d)) (ArrowFunction [(Parameter e)] f))")]
    [InlineData("(x): x is string => true", "(ArrowFunction [(Parameter x)] (TypePredicate x string) true)")]
    [InlineData("(this: T) => 1", "(ArrowFunction [(Parameter this (TypeReference T))] 1)")]
    public void Arrow_functions_are_told_from_parentheses(string source, string tree) => Assert.Equal(tree, Sources.Expression(source));

    [Theory]
    [InlineData("[, a, , b, ]", "(ArrayLiteralExpression [(OmittedExpression) a (OmittedExpression) b])")]
    [InlineData("[...a, ...b]", "(ArrayLiteralExpression [(SpreadElement a) (SpreadElement b)])")]
    [InlineData("({ a, b = 1, 'c': d, 1: e, [f]: g, ...h })", "(ParenthesizedExpression (ObjectLiteralExpression [(ShorthandPropertyAssignment a) (ShorthandPropertyAssignment b 1) (PropertyAssignment 'c' d) (PropertyAssignment 1 e) (PropertyAssignment (ComputedPropertyName f) g) (SpreadAssignment h)]))")]
    [InlineData("({ get a() {}, set a(v) {}, async *b() {}, get() {}, async: 1, static: 2 })", "(ParenthesizedExpression (ObjectLiteralExpression [(GetAccessor a [] (Block [])) (SetAccessor a [(Parameter v)] (Block [])) (MethodDeclaration+Generator+Async async b [] (Block [])) (MethodDeclaration get [] (Block [])) (PropertyAssignment async 1) (PropertyAssignment static 2)]))")]
    [InlineData("(function* () { yield; yield a; yield* b })", "(ParenthesizedExpression (FunctionExpression+Generator [] (Block [(ExpressionStatement (YieldExpression)) (ExpressionStatement (YieldExpression a)) (ExpressionStatement (YieldExpression+Generator b))])))")]
    [InlineData("/a[/]b/gu.test(c)", "(CallExpression (PropertyAccessExpression /a[/]b/gu test) [c])")]
    [InlineData("a / b / c", "(BinaryExpression (BinaryExpression a Slash b) Slash c)")]
    [InlineData("x = 0xFF + 0b11 + 0o17 + 1_000n + .5e-3", "(BinaryExpression x Equals (BinaryExpression (BinaryExpression (BinaryExpression (BinaryExpression 0xFF Plus 0b11) Plus 0o17) Plus 1_000n) Plus .5e-3))")]
    [InlineData("(class A extends B {})", "(ParenthesizedExpression (ClassExpression A (HeritageClause [(ExpressionWithTypeArguments B)]) []))")]
    [InlineData("(@d class {})", "(ParenthesizedExpression (ClassExpression @d []))")]
    public void Primary_expressions(string source, string tree) => Assert.Equal(tree, Sources.Expression(source));
}
