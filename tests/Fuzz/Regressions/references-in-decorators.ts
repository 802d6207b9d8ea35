@f(import("a")) import b from "b"; @f(require("c")) export * from "d";
