export async function calls({ index: c }, call) {
  const WhiteSpace = c.createToken({ name: "WhiteSpace", pattern: /\s+/, group: c.Lexer.SKIPPED }), Comment = c.createToken({ name: "Comment", pattern: /\/\/[^\n]*/, group: "comments" });
  const Additive = c.createToken({ name: "Additive", pattern: c.Lexer.NA }), Plus = c.createToken({ name: "Plus", pattern: "+", categories: Additive }), Minus = c.createToken({ name: "Minus", pattern: "-", categories: Additive });
  const Times = c.createToken({ name: "Times", pattern: "*" }), L = c.createToken({ name: "L", pattern: "(" }), R = c.createToken({ name: "R", pattern: ")" }), Comma = c.createToken({ name: "Comma", pattern: "," });
  const Identifier = c.createToken({ name: "Identifier", pattern: /[a-z]\w*/ }), Max = c.createToken({ name: "Max", pattern: "max", longer_alt: Identifier }), Num = c.createToken({ name: "Num", pattern: /\d+(\.\d+)?/ });
  const tokens = [WhiteSpace, Comment, Plus, Minus, Times, L, R, Comma, Max, Identifier, Num, Additive];
  const lexer = new c.Lexer(tokens, { positionTracking: "full" });
  const slim = (t) => [t.tokenType.name, t.image, t.startLine, t.startColumn, t.endOffset];
  await call("lexer", () => { const r = lexer.tokenize("max(1, 2.5) // hi\n + maxim * x"); return [r.tokens.map(slim), r.groups.comments.map(slim), r.errors]; });
  await call("lexer errors", () => lexer.tokenize("1 $$ 2 \n # 3").errors);
  await call("lexer definition errors", () => new c.Lexer([c.createToken({ name: "E", pattern: /^a/ }), c.createToken({ name: "F", pattern: /a*/ }), c.createToken({ name: "NoPattern" })], { deferDefinitionErrorsHandling: true }).lexerDefinitionErrors.map((e) => [e.type, e.message]));
  await call("lexer definition thrown", () => new c.Lexer([c.createToken({ name: "F", pattern: /a*/ })]));
  class Calc extends c.CstParser {
    constructor(o) {
      super(tokens, { recoveryEnabled: true, ...o });
      this.RULE("expression", () => this.SUBRULE(this.sum));
      this.RULE("sum", () => { this.SUBRULE(this.product, { LABEL: "lhs" }); this.MANY(() => { this.CONSUME(Additive); this.SUBRULE2(this.product, { LABEL: "rhs" }); }); });
      this.RULE("product", () => { this.AT_LEAST_ONE_SEP({ SEP: Times, DEF: () => this.SUBRULE(this.atom) }); });
      this.RULE("atom", () => this.OR([{ ALT: () => this.CONSUME(Num) }, { ALT: () => { this.CONSUME(L); this.SUBRULE(this.sum); this.CONSUME(R); } }, { ALT: () => { this.CONSUME(Max); this.CONSUME2(L); this.MANY_SEP({ SEP: Comma, DEF: () => this.SUBRULE2(this.sum) }); this.CONSUME2(R); } }, { ALT: () => { this.CONSUME(Identifier); this.OPTION(() => this.CONSUME3(L)); } }]));
      this.performSelfAnalysis();
    }
  }
  const parser = new Calc();
  const parse = (text) => { parser.input = lexer.tokenize(text).tokens; const cst = parser.expression(); return { cst, errors: parser.errors.map((e) => [e.name, e.message, e.token.image, e.context.ruleStack, e.resyncedTokens.length]) }; };
  const strip = (n) => n === undefined ? n : n.image !== undefined ? n.image : { name: n.name, recovered: n.recoveredNode, children: Object.fromEntries(Object.entries(n.children).map(([k, v]) => [k, v.map(strip)])) };
  for (const text of ["1+2*3", "max(1, 2, (3-x))", "1 + ", "(1 + 2", "max(1 2)", ")", "", "1 2 3"]) await call("parse " + JSON.stringify(text), () => { const r = parse(text); return { cst: strip(r.cst), errors: r.errors }; });
  await call("visitor", () => {
    class Eval extends parser.getBaseCstVisitorConstructor() {
      constructor() { super(); this.validateVisitor(); }
      expression(n) { return this.visit(n.sum); }
      sum(n) { return (n.rhs ?? []).reduce((a, r, i) => n.Additive[i].image === "+" ? a + this.visit(r) : a - this.visit(r), this.visit(n.lhs)); }
      product(n) { return n.atom.reduce((a, x) => a * this.visit(x), 1); }
      atom(n) { return n.Num ? Number(n.Num[0].image) : n.Max ? Math.max(...n.sum.map((s) => this.visit(s))) : this.visit(n.sum); }
    }
    return ["1+2*3", "max(1, 2*4, (3-9))-1"].map((t) => new Eval().visit(parse(t).cst));
  });
  await call("visitor validation", () => new (class extends parser.getBaseCstVisitorConstructor() { constructor() { super(); this.validateVisitor(); } })());
  await call("serialized grammar", () => parser.getSerializedGastProductions());
  await call("content assist", () => parser.computeContentAssist("expression", lexer.tokenize("1 +").tokens).map((s) => [s.nextTokenType.name, s.ruleStack]));
  await call("dts", () => c.generateCstDts(parser.getGAstProductions()));
  await call("ambiguity", () => new (class extends c.EmbeddedActionsParser { constructor() { super(tokens); this.RULE("r", () => this.OR([{ ALT: () => this.CONSUME(Num) }, { ALT: () => this.CONSUME2(Num) }])); this.performSelfAnalysis(); } })());
  await call("left recursion", () => new (class extends c.CstParser { constructor() { super(tokens); this.RULE("r", () => { this.SUBRULE(this.r); }); this.performSelfAnalysis(); } })());
  await call("enums", () => [c.ParserDefinitionErrorType, c.LexerDefinitionErrorType, c.VERSION, c.EOF.name, c.tokenName(Num), c.tokenLabel(Plus)]);
  await call("exceptions", () => { const t = c.createTokenInstance(Num, "1", 0, 0, 1, 1, 1, 1); const e = new c.MismatchedTokenException("m", t, t); return [e, c.isRecognitionException(e), e instanceof Error, c.tokenMatcher(t, Num)]; });
  await call("embedded actions", () => { const p = new (class extends c.EmbeddedActionsParser { constructor() { super(tokens); this.RULE("list", (n = 0) => { let sum = n; this.MANY(() => { sum += this.ACTION(() => 0) + Number(this.CONSUME(Num).image || 0); }); return sum; }); this.performSelfAnalysis(); } })(); p.input = lexer.tokenize("1 2 3").tokens; return p.list(10); });
}
