import { Card, type CardProps, useTitle } from "@jsr/gates__elements";
import { Card as Same } from "@jsr/gates__elements/card";
import { Banner } from "@jsr/gates__elements/banner";
import type { VNode } from "preact";

const props: CardProps = { title: "t", children: ["a", 1] };
const card: VNode = Card(props);
const same: typeof Card = Same;
const [title, set] = useTitle("x");
set("y");
const node: VNode = title;
Banner({ text: "x" });
export { card, node, same };

Card({}); // TS2345
useTitle(1); // TS2345
set(1); // TS2345
const text: string = title; // TS2322
export { text };
