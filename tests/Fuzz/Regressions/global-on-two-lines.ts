a





vvvsvvvpvvvvvv




rt

export {}





global


