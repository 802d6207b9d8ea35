/**
 * Markup as plain strings.
 * @module
 */
export { Fragment, type Markup } from "./jsx-runtime.ts";

/** Makes text safe inside markup. */
export function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
