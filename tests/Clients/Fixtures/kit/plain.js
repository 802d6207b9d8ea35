// @ts-self-types="./plain.d.ts"
export const plain = Object.freeze({ level: 3 });
