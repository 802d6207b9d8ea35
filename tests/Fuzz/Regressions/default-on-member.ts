@a class A { export default @f x = 1 }
