module example.com/chatterbox-adapter

go 1.19
