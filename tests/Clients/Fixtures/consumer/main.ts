import disc, { Box, type BoxOptions, Color, data, find, type Named, plain, type Size, SIZES } from "@jsr/typed__kit";
import { List, type ListProps } from "@jsr/typed__kit/elements";
import { type Plain, plain as same } from "@jsr/typed__kit/plain";
import { Circle, Side } from "@jsr/demo__shapes";
import { Geometry } from "@jsr/demo__shapes/geometry";
import { page } from "@jsr/demo__page";

const options: BoxOptions<Circle> = { content: new Circle(2, "hoop"), padding: 1 };
const box: Box<Circle> = new Box(options);
const radius: number = box.open().radius;
const named: Named = box;
const nested: Box<Box<Circle>> = new Box({ content: box });
const found: number | undefined = find([1, "a", 2], (item) => typeof item === "number");
const size: Size = SIZES[0];
const props: ListProps = { items: ["a", "<b>"] };
const level: Plain = plain;
const steps: number[] = data.steps;
const color: Color = Color.Blue;
class Labelled extends Box {
  label(): string {
    return `${this.options.content.name} ${this.opened}`;
  }
}
console.log(JSON.stringify([
  disc.name, named.name, radius, nested.open().open().area, found, size, List(props).html, List({ ...props, ordered: true }).toString(), level.level + same.level, steps.length,
  Color[color], Side.Right, Geometry.Deep.level, new Labelled({ content: disc }).label(), page("t").length,
]));

export function refused(): void {
  new Box(); // TS2554
  new Box({ content: 1 }); // TS2322
  box.options; // TS2445
  box.opened = 1; // TS2540
  options.content = new Circle(1); // TS2540
  const other: Box<Named> = { name: "x", open: () => disc, opened: 1 }; // TS2739
  const text: string = found; // TS2322
  const large: Size = "huge"; // TS2322
  List({ items: [1] }); // TS2322
  List(); // TS2554
  plain.level = 4; // TS2540
  data.nothing; // TS2339
  data.unit.toFixed(); // TS2551
  const blue: Color = "Blue"; // TS2322
  find([1], (item: string) => true); // TS2769
  page(1); // TS2345
  box.open(1); // TS2554
  void [other, text, large, blue];
}
