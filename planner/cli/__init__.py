"""The command line: words in, words out, exit codes. Each command's module is loaded when the command is called."""
