"""The commands beside cleaning itself, a module each; every module is named like its command."""
