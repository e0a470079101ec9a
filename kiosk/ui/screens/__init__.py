"""One module and one .kv file for each screen: they draw a view model and emit intentions."""
