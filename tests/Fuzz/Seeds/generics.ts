f<A>(x); new G<H<I>>(); a < b > c; j<K>`t`; l?.m<N>(); const p = q<R>; (s < t, u > (v)); class S extends T<U>[V]<W> { }
