project = "The office move"
html_theme = "furo"
html_copy_source = False
