"""The words of a post: HTML as an editor stores it, with the marks of its system, to paragraphs of text."""

from __future__ import annotations

import re

BLOCKS = re.compile(r"<(?:p|div|h[1-6]|ul|ol|table|section|article)\b|<!-- wp:", re.IGNORECASE)
"""What a text holds whose paragraphs are marked; in any other, empty lines part them."""

LONGEST_MARK = 500
_NAMED = r"(?:caption|wp_caption|gallery|embed|video|audio|playlist|youtube|vimeo|spoiler|more)"
_SHORTCODE = re.compile(
    rf"\[/?(?:{_NAMED}(?:\s[^\]\n]{{0,{LONGEST_MARK}}})?|[a-z][\w-]{{1,40}}\s[^\]\n=]{{1,60}}=[^\]\n]{{0,{LONGEST_MARK}}})\]"
)
_TEMPLATE = re.compile(r"\{\{[^\n]{0,500}?\}\}|\{%[^\n]{0,500}?%\}|\{:[^}\n]{0,200}\}")
_NO_WORDS = ("button", "form", "iframe", "noscript", "object", "select", "svg", "template")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*")
_LONG_GAP = re.compile(r"\n{3,}")


def words_of(html: str) -> str:
    r"""The text of a piece of HTML, an empty line between paragraphs; scripts, styles and shortcodes are left out.

    >>> words_of("<p>A <b>bold</b> film.</p><script>steal()</script><p>It ends.</p>")
    'A bold film.\n\nIt ends.'
    """
    from inscriptis import get_text  # lxml is slow to import
    from inscriptis.css_profiles import STRICT_CSS_PROFILE
    from inscriptis.html_properties import Display
    from inscriptis.model.config import ParserConfig
    from inscriptis.model.html_element import HtmlElement

    hidden = {tag: HtmlElement(display=Display.none) for tag in _NO_WORDS}
    marked = without_shortcodes(html)
    if not BLOCKS.search(marked):
        marked = "".join(f"<p>{part}</p>" for part in _EMPTY_LINES.split(marked.strip()))
    if not marked.strip():
        return ""
    lines = get_text(marked, ParserConfig(css=STRICT_CSS_PROFILE | hidden)).split("\n")
    return _LONG_GAP.sub("\n\n", "\n".join(line.strip() for line in lines)).strip()


def without_shortcodes(text: str) -> str:
    """The text without WordPress's shortcodes; what stands between two of them stays.

    >>> without_shortcodes('[caption id="a"]A still[/caption] He says [sic] no.')
    'A still He says [sic] no.'
    """
    return _SHORTCODE.sub("", text)


def without_templates(text: str) -> str:
    """The text without the marks of Jekyll and Hugo: ``{% include %}``, ``{{< figure >}}``, ``{: .class}``."""
    return _TEMPLATE.sub("", text)
