using Kiln.TypeScript.Support;

namespace Kiln.TypeScript.Parsing;

public sealed class TypeTests
{
    [Theory]
    [InlineData("A.B<C>[]", "(ArrayType (TypeReference (QualifiedName A B) [(TypeReference C)]))")]
    [InlineData("A['b'][c]", "(IndexedAccessType (IndexedAccessType (TypeReference A) (LiteralType 'b')) (TypeReference c))")]
    [InlineData("| A | B & C", "(UnionType [(TypeReference A) (IntersectionType [(TypeReference B) (TypeReference C)])])")]
    [InlineData("keyof A[]", "(TypeOperator KeyOf (ArrayType (TypeReference A)))")]
    [InlineData("readonly unique symbol", "(TypeOperator Readonly (TypeOperator Unique symbol))")]
    [InlineData("-1 | 'a' | 1n | true | null | undefined | void", "(UnionType [(LiteralType (PrefixUnaryExpression Minus 1)) (LiteralType 'a') (LiteralType 1n) (LiteralType true) (LiteralType null) undefined void])")]
    [InlineData("() => void", "(FunctionType [] void)")]
    [InlineData("(a: b, ...c: d[]) => a is e", "(FunctionType [(Parameter a (TypeReference b)) (Parameter+Rest c (ArrayType (TypeReference d)))] (TypePredicate a (TypeReference e)))")]
    [InlineData("({ a }, [b]) => c", "(FunctionType [(Parameter (ObjectBindingPattern [(BindingElement a)])) (Parameter (ArrayBindingPattern [(BindingElement b)]))] (TypeReference c))")]
    [InlineData("(a) | (b)[]", "(UnionType [(ParenthesizedType (TypeReference a)) (ArrayType (ParenthesizedType (TypeReference b)))])")]
    [InlineData("({ a: b })", "(ParenthesizedType (TypeLiteral [(PropertySignature a (TypeReference b))]))")]
    [InlineData("abstract new <T>(a: T) => T", "(ConstructorType abstract [(TypeParameter T)] [(Parameter a (TypeReference T))] (TypeReference T))")]
    [InlineData("A extends infer B extends C ? D : E", "(ConditionalType (TypeReference A) (InferType (TypeParameter B (TypeReference C))) (TypeReference D) (TypeReference E))")]
    [InlineData("A extends [infer B extends C ? D : E] ? F : G", "(ConditionalType (TypeReference A) (TupleType [(ConditionalType (InferType (TypeParameter B)) (TypeReference C) (TypeReference D) (TypeReference E))]) (TypeReference F) (TypeReference G))")]
    [InlineData("A extends B ? C : D extends E ? F : G", "(ConditionalType (TypeReference A) (TypeReference B) (TypeReference C) (ConditionalType (TypeReference D) (TypeReference E) (TypeReference F) (TypeReference G)))")]
    [InlineData("A extends () => B extends C ? 1 : 2 ? 3 : 4", "(ConditionalType (TypeReference A) (FunctionType [] (ConditionalType (TypeReference B) (TypeReference C) (LiteralType 1) (LiteralType 2))) (LiteralType 3) (LiteralType 4))")]
    [InlineData("[a: A, b?: B, ...c: C[]]", "(TupleType [(NamedTupleMember a (TypeReference A)) (NamedTupleMember+Optional b (TypeReference B)) (NamedTupleMember+Rest c (ArrayType (TypeReference C)))])")]
    [InlineData("[A, B?, ...C]", "(TupleType [(TypeReference A) (OptionalType (TypeReference B)) (RestType (TypeReference C))])")]
    [InlineData("{ readonly [K in keyof T as N]?: V }", "(MappedType Present (TypeParameter K (TypeOperator KeyOf (TypeReference T))) (TypeReference N) Present (TypeReference V))")]
    [InlineData("{ -readonly [K in T]+?: V; }", "(MappedType Minus (TypeParameter K (TypeReference T)) Plus (TypeReference V))")]
    [InlineData("{ (): a; new (b): c; d?(): e; readonly f: g; get h(): i; set j(k); [l: m]: n; [o]: p, 'q': r }", "(TypeLiteral [(CallSignature [] (TypeReference a)) (ConstructSignature [(Parameter b)] (TypeReference c)) (MethodSignature+Optional d [] (TypeReference e)) (PropertySignature readonly f (TypeReference g)) (GetAccessor h [] (TypeReference i)) (SetAccessor j [(Parameter k)]) (IndexSignature [(Parameter l (TypeReference m))] (TypeReference n)) (PropertySignature (ComputedPropertyName o) (TypeReference p)) (PropertySignature 'q' (TypeReference r))])")]
    [InlineData("{ get: a; set(): b; new: c; readonly; type\nx }", "(TypeLiteral [(PropertySignature get (TypeReference a)) (MethodSignature set [] (TypeReference b)) (PropertySignature new (TypeReference c)) (PropertySignature readonly) (PropertySignature type) (PropertySignature x)])")]
    [InlineData("`a${B}c${D[number]}`", "(TemplateLiteralType [`a${ }c${ }`] [(TypeReference B) (IndexedAccessType (TypeReference D) number)])")]
    [InlineData("`plain`", "(LiteralType `plain`)")]
    [InlineData("typeof a.b<C>", "(TypeQuery (QualifiedName a b) [(TypeReference C)])")]
    [InlineData("typeof this.#a", "(TypeQuery (QualifiedName this #a))")]
    [InlineData("import('x').A<B>", "(ImportType (LiteralType 'x') A [(TypeReference B)])")]
    [InlineData("typeof import('x')", "(ImportType IsTypeOf (LiteralType 'x'))")]
    [InlineData("import('x', { with: { a: 'b' } })", "(ImportType (LiteralType 'x') (ImportAttributes [(ImportAttribute a 'b')]))")]
    [InlineData("(asserts: string) => asserts asserts is string", "(FunctionType [(Parameter asserts string)] (TypePredicate Asserts asserts string))")]
    [InlineData("() => this is T", "(FunctionType [] (TypePredicate this (TypeReference T)))")]
    [InlineData("intrinsic", "intrinsic")]
    [InlineData("any.x", "(TypeReference (QualifiedName any x))")]
    [InlineData("<T>(x: T) => x is T", "(FunctionType [(TypeParameter T)] [(Parameter x (TypeReference T))] (TypePredicate x (TypeReference T)))")]
    [InlineData("A<B<C<D>>>", "(TypeReference A [(TypeReference B [(TypeReference C [(TypeReference D)])])])")]
    public void Types(string type, string tree) => Assert.Equal(tree, Sources.Type(type));

    [Theory]
    [InlineData("A | () => B", 1385)]
    [InlineData("A & new () => B", 1388)]
    [InlineData("", 1110)]
    [InlineData("{ a: }", 1110)]
    [InlineData("A<>", 1099)]
    [InlineData("[A, , B]", 1110)]
    [InlineData("{ a = 1 }", 1246)]
    public void Errors_in_types(string type, int code) => Assert.Equal(code, Sources.FirstError("type X = " + type));
}
