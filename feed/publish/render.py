"""Templates to text. They are handed in as values, so that publishing touches no disk."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import DictLoader, Environment, StrictUndefined, select_autoescape


class Renderer:
    """Renders the templates of a mapping, name to source: those of `feed/publish/templates`, or an operator's own.

    Whatever a template prints is escaped, save in those ending in `.txt` and `.css`. A value that is not given is an
    error of ours (jinja2.UndefinedError), never an empty place.
    """

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._environment = Environment(
            loader=DictLoader(dict(templates)),
            autoescape=select_autoescape(
                enabled_extensions=("html",), disabled_extensions=("txt", "css"), default=True
            ),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def __call__(self, template: str, /, **values: object) -> str:
        """The template of that name with these values. Raises jinja2.TemplateNotFound."""
        return self._environment.get_template(template).render(values)
