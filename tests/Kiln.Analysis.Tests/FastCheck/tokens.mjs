// Declarations as one line of tokens, so that writers with different habits can be compared. DeclarationTokens.cs has the same rules.

/** Tokens separated by spaces, without comments, separators and other matters of style. */
export function tokensOf(ts, text) {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
  const tokens = [];
  const braces = [];
  for (;;) {
    let kind = scanner.scan();
    if (kind === ts.SyntaxKind.EndOfFileToken) break;
    if (kind === ts.SyntaxKind.OpenBraceToken || kind === ts.SyntaxKind.TemplateHead) braces.push(kind);
    if (kind === ts.SyntaxKind.CloseBraceToken && braces.pop() === ts.SyntaxKind.TemplateHead) {
      kind = scanner.reScanTemplateToken(false);
      if (kind === ts.SyntaxKind.TemplateMiddle) braces.push(ts.SyntaxKind.TemplateHead);
    }
    tokens.push(tokenText(ts, scanner, kind));
  }
  return normalised(tokens).join(" ");
}

function tokenText(ts, scanner, kind) {
  if (kind === ts.SyntaxKind.StringLiteral) return JSON.stringify(withoutExtension(scanner.getTokenValue()));
  if (kind === ts.SyntaxKind.NumericLiteral) return String(Number(scanner.getTokenValue()));
  const text = scanner.getTokenText();
  return /^_d(ts_\d+|efault(_\d+)?)$/.test(text) ? "_default" : text;
}

/** Specifiers are compared without the extension, which every writer maps in its own way. */
function withoutExtension(value) {
  return /^\.\.?\//.test(value) ? value.replace(/(\.d)?\.[mc]?[jt]sx?$/, "") : value;
}

const beforeLeadingBar = new Set(["=", ":", "(", "<", "[", "=>", "|", "&", "extends", "?", "keyof", "readonly"]);
const memberModifiers = new Set(["static", "readonly", "abstract", "declare", "override", "get", "set", "accessor"]);
const afterName = new Set([";", ":", "?", ",", "(", "}", "<", "="]);

function normalised(tokens) {
  const result = [];
  let depth = 0;
  let constant = false;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    const next = tokens[i + 1];
    if (token === ";" || token === ",") continue;
    if (token === "{") depth++;
    if (token === "}") depth--;
    // `type T = | "a"`: the first bar says nothing.
    if ((token === "|" || token === "&") && (beforeLeadingBar.has(result.at(-1)) || tokens[i - 1] === ",")) continue;
    // `export {}` marks a module. Inside an ambient namespace everything is exported, said or not.
    if (token === "export" && next === "{" && tokens[i + 2] === "}" && tokens[i + 3] !== "from") { i += 2; continue; }
    if (token === "export" && depth > 0 && next !== "{") continue;
    // Typescript leaves out import attributes.
    if (token === "with" && next === "{") {
      i = tokens.indexOf("}", i);
      continue;
    }
    if (token === "override" && !afterName.has(next)) continue;
    // `["quoted"]` as a name is `"quoted"`.
    if (token === "[" && next?.[0] === '"' && tokens[i + 2] === "]" && /^[:?(<]$/.test(tokens[i + 3])) {
      result.push(next);
      i += 2;
      continue;
    }
    // Whatever a private member is, what counts is its name.
    if (token === "private" && next !== "constructor" && !afterName.has(next)) {
      const member = [token];
      let at = i + 1;
      for (; memberModifiers.has(tokens[at]) && !afterName.has(tokens[at + 1]); at++) {
        if (tokens[at] === "static") member.push("static");
      }
      member.push(tokens[at]);
      const parameter = tokens.slice(at + 1, at + 3);
      if (parameter[0] === "?") at++;
      if (tokens[at + 1] === "(") at = tokens.indexOf(")", at);
      if (tokens[at + 1] === ":") while (tokens[at + 1] !== ";" && tokens[at + 1] !== "," && tokens[at + 1] !== ")") at++;
      if (result.slice(-member.length).join(" ") !== member.join(" ")) result.push(...member);
      i = at;
      continue;
    }
    // `const a = 1` is `const a: 1`.
    if (token === "=" && constant) {
      result.push(":");
      constant = false;
      continue;
    }
    if (token === "const" || token === "readonly") constant = true;
    else if (!/^[\p{ID_Start}$_"#]/u.test(token)) constant = false;
    result.push(token);
  }
  return result;
}
