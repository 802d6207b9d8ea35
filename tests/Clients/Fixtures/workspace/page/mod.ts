/** A page made of shapes. @module */
import { Circle, Color, type Named } from "@demo/shapes";
import { Card } from "./card.tsx";
import { banner } from "./banner.jsx";

/** Renders a whole page. */
export function page(title: string, color: Color = Color.Green): string {
  const shape: Named = new Circle(2);
  return String(banner(title)) + Card({ shape, color: Color[color] });
}
