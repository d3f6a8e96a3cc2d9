"""Changes of the tables, one file each, in their order. They stand apart from the models, which move on."""
