export interface Hidden {
  dts: true;
}
