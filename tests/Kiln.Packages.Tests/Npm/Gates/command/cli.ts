#!/usr/bin/env -S deno run --allow-env
import { describe, type Described } from "./describe.ts";

const described: Described = describe(process.argv.slice(2));
console.log(described.text);
