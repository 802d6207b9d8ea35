/** @jsx {...p} key={1} data-x='y><div className="a&a;b"ImportSource preact */
con// = text {x} {...y} <b.c.d/> <></> <A<T> f={<i/>}>{/* c */}</A></div>;
const f = <T,>(x: T) => <>{x as aSy}</>;
