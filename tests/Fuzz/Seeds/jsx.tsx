/** @jsxImportSource preact */
const a = <div className="a&amp;b" {...p} key={1} data-x='y' a:b>text {x} {...y} <b.c.d/> <></> <A<T> f={<i/>}>{/* c */}</A></div>;
const f = <T,>(x: T) => <>{x as any}</>;
