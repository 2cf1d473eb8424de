"""The words that everyone here speaks: values only, frozen and strict; standard library and pydantic, no I/O."""
