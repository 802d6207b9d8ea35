@eec t >
<<<<<<< HEAD
b /* c */
||||||| base
d
=======
e