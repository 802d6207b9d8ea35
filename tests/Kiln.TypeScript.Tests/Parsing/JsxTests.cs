using Kiln.TypeScript.Support;

namespace Kiln.TypeScript.Parsing;

public sealed class JsxTests
{
    [Theory]
    [InlineData("<a/>", "(JsxSelfClosingElement a)")]
    [InlineData("<a b c='d' e={f} {...g} h=<i/> />", "(JsxSelfClosingElement a [(JsxAttribute b) (JsxAttribute c 'd') (JsxAttribute e (JsxExpression f)) (JsxSpreadAttribute g) (JsxAttribute h (JsxSelfClosingElement i))])")]
    [InlineData("<a>b {c} <d/>{/* e */}{...f}</a>", "(JsxElement (JsxOpeningElement a) [b  (JsxExpression c)   (JsxSelfClosingElement d) (JsxExpression) (JsxExpression+Rest f)] (JsxClosingElement a))")]
    [InlineData("<><a-b:c-d data-x-y='1'/></>", "(JsxFragment [(JsxSelfClosingElement (JsxNamespacedName a-b c-d) [(JsxAttribute data-x-y '1')])])")]
    [InlineData("<A.b.c></A.b.c>", "(JsxElement (JsxOpeningElement (PropertyAccessExpression (PropertyAccessExpression A b) c)) (JsxClosingElement (PropertyAccessExpression (PropertyAccessExpression A b) c)))")]
    [InlineData("<this.x/>", "(JsxSelfClosingElement (PropertyAccessExpression this x))")]
    [InlineData("<A<string> b/>", "(JsxSelfClosingElement A [string] [(JsxAttribute b)])")]
    [InlineData("<T,>(x: T) => x", "(ArrowFunction [(TypeParameter T)] [(Parameter x (TypeReference T))] x)")]
    [InlineData("<T extends U>(x: T) => x", "(ArrowFunction [(TypeParameter T (TypeReference U))] [(Parameter x (TypeReference T))] x)")]
    [InlineData("<T>(x)</T>", "(JsxElement (JsxOpeningElement T) [(x)] (JsxClosingElement T))")]
    [InlineData("a < b / c", "(BinaryExpression a LessThan (BinaryExpression b Slash c))")]
    [InlineData("<a>// no comment /* either */ 'quote</a>", "(JsxElement (JsxOpeningElement a) [// no comment /* either */ 'quote] (JsxClosingElement a))")]
    public void Elements(string source, string tree) => Assert.Equal(tree, Sources.Expression(source, Language.Tsx));

    [Fact]
    public void Text_of_an_element_holds_no_comments() => Assert.Empty(Sources.ParseValid("<a>// b</a>", Language.Tsx).Comments);

    [Fact]
    public void An_attribute_string_may_span_lines_and_hold_backslashes() => Sources.ParseValid("<a b='\\\n\"' c=\"it's\"/>", Language.Tsx);

    [Fact]
    public void JSX_needs_a_transform() => Assert.True(Sources.ParseValid("<a/>", Language.Jsx).NeedsTransform);

    [Theory]
    [InlineData("<a></b>", 17002)]
    [InlineData("<a>", 17008)]
    [InlineData("<>", 17014)]
    [InlineData("<a>}</a>", 1381)]
    [InlineData("<a>></a>", 1382)]
    [InlineData("<a/><b/>", 2657)]
    [InlineData("<a b=c/>", 1145)]
    public void Errors(string source, int code) => Assert.Equal(code, Sources.FirstError(source, Language.Tsx));

    [Fact]
    public void In_plain_TypeScript_an_angle_bracket_asserts_a_type() =>
        Assert.Equal("(TypeAssertion (ParenthesizedExpression b) (TypeReference a))", Sources.Expression("<a>(b)"));
}
