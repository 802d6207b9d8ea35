export type Brand = number & { readonly brand: "plain" };
export interface Shared {
  plain: Brand;
}
