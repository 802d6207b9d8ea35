/// <reference types="./referenced.d.ts" />
export const referenced = "r";
