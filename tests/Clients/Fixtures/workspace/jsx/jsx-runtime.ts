/** The JSX runtime: every element becomes a string. @module */
import { escape } from "./mod.ts";

/** A finished piece of markup. */
export class Markup {
  constructor(public readonly html: string) {}
  toString(): string {
    return this.html;
  }
}

/** Anything that may stand between two tags. */
export type Child = Markup | string | number | null | undefined | Child[];

/** Groups children without a tag. */
export const Fragment: unique symbol = Symbol.for("demo.fragment");

type Props = Record<string, unknown> & { children?: Child };
type Component = (props: never) => Markup;

function render(child: Child): string {
  if (Array.isArray(child)) return child.map(render).join("");
  return child instanceof Markup ? child.html : child == null ? "" : escape(String(child));
}

/** Called by compiled JSX. */
export function jsx(type: string | Component | typeof Fragment, props: Props, _key?: string): Markup {
  if (typeof type === "function") return (type as (props: Props) => Markup)(props);
  const { children, ...attributes } = props;
  const inner = render(children);
  if (typeof type === "symbol") return new Markup(inner);
  const names = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(String(value))}"`).join("");
  return new Markup(`<${type}${names}>${inner}</${type}>`);
}

export { jsx as jsxs };

/** What TypeScript asks about elements. */
export namespace JSX {
  /** The type of every JSX expression. */
  export type Element = Markup;
  /** Any tag with any attribute. */
  export interface IntrinsicElements {
    [tag: string]: Record<string, unknown>;
  }
  /** Where children are passed. */
  export interface ElementChildrenAttribute {
    /** The property's name. */
    children: unknown;
  }
}
