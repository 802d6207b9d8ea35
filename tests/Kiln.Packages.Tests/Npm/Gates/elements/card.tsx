/** @jsxImportSource npm:preact@^10.0.0 */
import type { ComponentChildren, JSX } from "npm:preact@^10.0.0";

export interface CardProps {
  title: string;
  children?: ComponentChildren;
}

export function Card({ title, children }: CardProps): JSX.Element {
  return (
    <section>
      <h1>{title}</h1>
      {children}
    </section>
  );
}
