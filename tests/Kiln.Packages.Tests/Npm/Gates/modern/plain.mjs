/* @ts-self-types="./plain.d.mts" */
export const plain = 1;
