import a, { b as c, default as d, "string name" as e } from "./a.js"; import * as f from "b" with { type: "json" }; import "c";
export { a as default, c }; export * from "d"; export * as g from "e"; export const h = 1, { i } = d; export default function () { }
import defer * as j from "j"; import source k from "k"; const l = await import("l", { with: {} }); import.meta.url; require("m");
