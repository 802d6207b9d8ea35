/** @jsxRuntime automatic */
/** @jsxImportSource jsr:@demo/jsx@^1.0.0 */
import type { Markup } from "jsr:@demo/jsx@^1.0.0";

export interface ListProps {
  items: readonly string[];
  ordered?: boolean;
}

/** A list of words. */
export function List({ items, ordered = false }: ListProps): Markup {
  const words = items.map((item) => <li>{item}</li>);
  return ordered ? <ol>{words}</ol> : <ul>{words}</ul>;
}
