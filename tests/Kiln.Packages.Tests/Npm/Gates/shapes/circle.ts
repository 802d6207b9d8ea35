import { Shape } from "./base.ts";

export class Circle extends Shape {
  accessor radius: number = 1;
  override area(): number {
    return Math.PI * this.radius ** 2 * this.scale;
  }
  static unit: Circle = new Circle("unit");
}
