a</re>/
b</x/.c
