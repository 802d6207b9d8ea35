let a, b; a<!--b;
