import type { Markup } from "@demo/jsx";
import type { Named } from "@demo/shapes";

interface Props {
  shape: Named;
  color: string;
}

/** One shape in a frame. */
export function Card({ shape, color }: Props): Markup {
  return (
    <>
      <p class={color} data-raw="a < b">
        {shape.name}: {[1, 2].map((n: number) => <b key={n}>{n}</b>)}
      </p>
    </>
  );
}
