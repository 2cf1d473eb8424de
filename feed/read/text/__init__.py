"""Characters to tokens, sentences and quotations, and what one may ask of them. Knows no language and no pack."""
