((((a)))); [[[[b]]]]; {{{{}}}} `${`${`${c}`}`}`; a ? b ? c : d : e; !!!!f; () => () => g; new new h; 1 ** 2 ** 3; let i: A<B<C>>; type J = A extends B ? C extends D ? 1 : 2 : 3;
