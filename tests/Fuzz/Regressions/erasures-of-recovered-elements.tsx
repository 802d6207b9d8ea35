k<<modu/** @jsxImportSource preact */
const a = <div classNfme="a&amp;b" {...p} key={1} daintrinsica:b>text {x}<div classNfme="a&amp;b" {. {#..y} <b.c.d/> <></> <A<T> f={<i/>}>{/* c */}< A></dix as an