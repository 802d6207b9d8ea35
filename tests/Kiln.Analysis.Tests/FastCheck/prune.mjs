// Typescript's declarations of a whole module, cut down to what deno finds public of it.

/**
 * @param full  what `tsc -d` writes for the module as its author wrote it
 * @param kept  what `tsc -d` writes for deno's fast-check text of the module: says which declarations are public
 * @param isWritten  whether the source has a namespace of this name; otherwise it stands for properties assigned to a function, and stays whole
 */
export function prune(ts, full, kept, isWritten) {
  const parse = (text) => ts.createSourceFile("a.d.ts", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const source = parse(full);
  const statements = pruneStatements(ts, source.statements, parse(kept).statements, isWritten);
  const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });
  return statements.length ? printer.printFile(ts.factory.updateSourceFile(source, statements)) : "";
}

function pruneStatements(ts, statements, kept, isWritten) {
  return statements.map((statement) => pruneStatement(ts, statement, kept, isWritten)).filter((statement) => statement !== null);
}

function pruneStatement(ts, n, kept, isWritten) {
  const f = ts.factory;
  const same = kept.filter((k) => k.kind === n.kind && k.name?.getText() === n.name?.getText());
  if (ts.isVariableStatement(n)) {
    const names = new Set(kept.filter(ts.isVariableStatement).flatMap((k) => k.declarationList.declarations.map((d) => d.name.getText())));
    const declarations = n.declarationList.declarations.filter((d) => names.has(d.name.getText()) || (/^_default/.test(d.name.getText()) && kept.some((k) => ts.isExportAssignment(k) || isDefault(ts, k))));
    if (declarations.length === n.declarationList.declarations.length) return n;
    return declarations.length ? f.updateVariableStatement(n, n.modifiers, f.updateVariableDeclarationList(n.declarationList, declarations)) : null;
  }

  if (ts.isModuleDeclaration(n)) {
    if (!isWritten(n.name.getText())) return kept.some((k) => ts.isFunctionDeclaration(k) && k.name?.getText() === n.name.getText()) ? n : null;
    const blocks = same.map(innermost).filter(Boolean);
    return blocks.length ? withBlock(ts, n, (block) => f.updateModuleBlock(block, pruneStatements(ts, block.statements, blocks.flatMap((b) => [...b.statements]), isWritten))) : null;
  }

  if (ts.isClassDeclaration(n)) {
    const names = new Set(same.flatMap((k) => k.members.map((m) => m.name?.getText())));
    return same.length ? f.updateClassDeclaration(n, n.modifiers, n.name, n.typeParameters, n.heritageClauses, n.members.filter((m, i) => names.has(m.name?.getText()) && !(isPrivateConstructor(ts, m) && n.members.findIndex((o) => isPrivateConstructor(ts, o)) < i))) : null;
  }

  if (ts.isImportDeclaration(n)) return kept.some((k) => ts.isImportDeclaration(k) && k.importClause && bare(k.moduleSpecifier) === bare(n.moduleSpecifier)) ? n : null;
  if (ts.isExportDeclaration(n)) return kept.some((k) => k.kind === n.kind) ? n : null;
  if (ts.isExportAssignment(n)) return kept.some((k) => k.kind === n.kind || isDefault(ts, k)) ? n : null;
  return same.length ? n : null;
}

/** Deno replaces `./a.js` by the declarations that it names. */
function bare(specifier) {
  return specifier.text.replace(/(\.d)?\.[mc]?[jt]sx?$/, "");
}

/** Of a private constructor's overloads typescript says nothing, once for each. */
function isPrivateConstructor(ts, n) {
  return ts.isConstructorDeclaration(n) && n.modifiers?.some((m) => m.kind === ts.SyntaxKind.PrivateKeyword);
}

function isDefault(ts, n) {
  return n.modifiers?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword);
}

function innermost(n) {
  return n.body && n.body.statements ? n.body : n.body ? innermost(n.body) : null;
}

function withBlock(ts, n, change) {
  const body = ts.isModuleBlock(n.body) ? change(n.body) : withBlock(ts, n.body, change);
  return ts.factory.updateModuleDeclaration(n, n.modifiers, n.name, body);
}
