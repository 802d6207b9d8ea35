import { assertPolygon, Circle, isPolygon, type Named, Polygon, Registry, Shape, Square, type SquareOptions } from "@jsr/gates__shapes";

class Line extends Shape {
  override area(): number {
    return this.scale;
  }
}
const line: Named = new Line("line");
const circle: Shape = new Circle("c", 2);
const radius: number = Circle.unit.radius + Shape.count + circle.area();
const options: SquareOptions = {};
const square: Polygon = Square.of(options);
const is: boolean = Polygon.is(square);
const shapes: Registry<string, Shape> = Registry.create<Shape>().set("c", circle);
const entries: [string, Shape][] = [...shapes];
shapes.size = 0;
const extra: unknown = shapes["x-custom"];
const value: unknown = square;
if (isPolygon(value)) value.sides;
assertPolygon(value);
value.sides;
export { entries, extra, is, line, radius };

new Shape("s"); // TS2511
new Square({}); // TS2673
Square.of({ sides: 1 }); // TS2353
circle.scale; // TS2445
circle.note; // TS2341
circle.name = "x"; // TS2540
Square.of().secret(); // TS2341
Circle.unit.radius = "x"; // TS2322
class Wrong extends Shape {} // TS2515
class Circular extends Circle { area(): string { return ""; } } // TS2416
const bare: Shape = { name: "x", kind: "y", area: () => 1, describe: () => "" }; // TS2739
shapes.get(1); // TS2345
shapes.hits; // TS2341
Registry.create<Shape>().entries; // TS2445
export { bare, Circular, Wrong };
