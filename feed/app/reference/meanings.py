"""The words of the page: what stands between the tables, and what each field means."""

from __future__ import annotations

HEAD = """\
# Events

Made from the models by `./run docs`; a test keeps it current. The same law for machines: `schemas/`.

The log, `events.jsonl`, is what the product knows; everything else is made from it and can be made again. It holds one
event a line, in the order of recording, and a line once written is never changed or taken away. An event says that
something was published, decided or withdrawn, and from where that is known: the truth of the log is "this was said",
never "this is so".
"""

ENVELOPE = """\
## A line

A line is one [CloudEvents 1.0.2](https://cloudevents.io) object in the canonical form of
[RFC 8785](https://www.rfc-editor.org/rfc/rfc8785): UTF-8, keys sorted, no blanks, ended by one line feed. So each event
has exactly one spelling, and the SHA-256 of a line (without its line feed) is its digest. Decimal numbers are written
as text (`"19000"`, `"5.38"`), never as floats. Times are UTC (`2025-02-10T09:30:00Z`), days are those of the topic's
own zone (`2025-01-31`). In the envelope an attribute that is not known is absent; inside `data` every field is there,
null when there is nothing to say.

Three times are never taken for one another: the period that a figure is about (`data.period`), when it was said
(`time`), and when it was recorded here (`recordedtime`).
"""

CHAIN = """\
### The id is made from the content

`id` is the first half of a SHA-256 over the type and what is said: for a fact the whole of `data` but who read it, the
publisher and the day; for a capture the article's name and the digest of its text; for an alert its class, its article
and what it compares. So recording the same thing twice, here or on another machine, is recording it once, and a crash
in the middle of an article is mended by recording it again.

### Check the chain yourself

`prevhash` ties each line to the one before: it is that line's digest. This needs nothing of ours:

```bash
previous=$(printf '%064d' 0) at=0
while IFS= read -r line; do
  at=$((at + 1))
  claimed=$(LC_ALL=C sed 's/.*"prevhash":"\\([0-9a-f]*\\)".*/\\1/' <<<"$line")
  if [ "$claimed" != "$previous" ]; then
    echo "line $at was not written after line $((at - 1)) as it stands now" >&2
    exit 1
  fi
  previous=$(printf %s "$line" | sha256sum | cut -d' ' -f1)
done < <(cat events*.jsonl)
echo "$at lines, head $at:$previous"
```

It ends with the head that `feed verify` prints. The chain shows that no line before the last was changed, added or
taken out since the lines behind it were written. Only a checkpoint or a head that was kept elsewhere shows that the
last lines are still there and that the whole was not written anew: see [evidence.md](evidence.md). `feed verify
--strict` also judges every line by its schema, its model and its canonical form.
"""

TYPES_HEAD = """\
## The types

A type's number goes up when its meaning changes; lines of the old number stay as they are and stay readable. Each type
has a schema of its name in `schemas/`. `sed -n 1p events.jsonl | python3 -m json.tool` shows a line spread out.
"""

PROVENANCE = "And [what every fact carries](#what-every-fact-carries)."
FACTS = """\
### What every fact carries

Figures, schemes, offices, statements and incidents are facts: read in one article, each with the words that say so.
"""
VALUES = """\
## Values

What the fields above are made of.
"""
WORDS = """\
## Words

Fields that take one of a few words.
"""

# For words that have no comment where they are defined.
GLOSSES: dict[str, dict[str, str]] = {
    "Measure": {
        "LEVEL": "so many",
        "CHANGE": "so many, or so many per cent, more (or, negative, fewer) than another time",
        "SHARE": "so large a part of something",
        "RATIO": "so many times another",
    },
    "Status": {
        "ACTUAL": "it was counted",
        "ESTIMATE": "somebody reckons that it was so",
        "FORECAST": "somebody expects it",
        "TARGET": "somebody aims at it",
        "PLAN": "somebody has provided for it",
    },
    "PublishedBasis": {
        "FEED": "the source's feed says so",
        "PAGE": "the page says so, to machines",
        "TEXT": "the text says so",
        "URL": "its address says so",
        "INFERRED": "from what the article tells; `note` says from what",
    },
    "Precision": {"DAY": "the day only", "INSTANT": "the moment"},
    "Severity": {
        "LOW": "routine; goes into digests",
        "MEDIUM": "told at once, unless a subscription says otherwise",
        "HIGH": "likewise",
    },
    "Verdict": {
        "HOLDS": "the arithmetic agrees",
        "LOOSE": "it agrees after rounding, or as loosely as the words are",
        "FAILS": "it disagrees, whatever operands one takes",
        "OPEN": "it cannot be done yet",
    },
}

MEANINGS: dict[str, dict[str, str]] = {
    "Envelope": {
        "specversion": "the version of CloudEvents",
        "id": "made from what is said, see below",
        "source": "who wrote it: `capture`, `read` or `reread` (the reader), `review` (a person), `alert`, `log`",
        "type": "what it says, see [the types](#the-types)",
        "subject": "what it is about: an article, a series, an office, a scheme",
        "time": "when it was said: the article's publication; absent when that is not known",
        "dataschema": "the schema that `data` obeys",
        "datacontenttype": "what `data` is",
        "recordedtime": "when it was appended to this log; never goes back",
        "sequence": "its line number",
        "prevhash": "the digest of the line before; 64 zeros in the first",
        "causationid": "the event that gave rise to it: the capture of a fact, the new fact of an alert",
        "correlationid": "the capture to which it belongs, with everything else of that article",
        "clocksuspect": "the clock had gone back by more than two seconds: `recordedtime` is the last time on record",
        "data": "what is said, see [the types](#the-types)",
    },
    "ArticleCaptured": {
        "article": "how answers call it: the id it was handed in under, else its address",
        "url": "where it was fetched; null when it was handed in without",
        "canonical": "the address that the page gives for itself",
        "publisher": "who printed it",
        "title": "its headline; empty when there is none",
        "published": "when, and how that is known; null when it is not, never today instead",
        "language": "as a language tag",
        "raw": "digest of the bytes as they came; they are kept under it",
        "text": "digest of the text that was read; it is kept under it",
        "path": "where the text is from: handed in, found on the page, or told by it for machines",
        "feed": "the source that listed it",
        "replaces": "the capture of the same article before this, when its text was another",
        "copies": "the capture of another article whose text this one repeats; it raises no alert",
        "history": "whether it was listed when its source was new; then it raises no alert",
    },
    "FigureReported": {
        "text": "the number as it is printed",
        "span": "where the number stands",
        "numbers": "its value in the figure's unit; the two ends of a range; a fall is negative",
        "step": "its last significant place as printed: 1000 for 19,000",
        "value": "the values that it admits",
        "qualifier": "how the text hedges it",
        "unit": "what is counted, `percent` and the like",
        "metric": "the topic's name for what is measured",
        "dims": "how the metric is narrowed",
        "measure": "what the number says of the metric",
        "period": "what time it is about; null when the text does not tell",
        "baseline": "what a change compares with, when told",
        "status": "how the text asserts it",
        "attribution": "who says so",
        "of": "what a share is a part of, when told",
        "superseded": "true when the text itself says that another number has taken its place; it never stands",
    },
    "SchemeReported": {
        "scheme": "the topic's name for it",
        "status": "how it stands; null when a term is told",
        "term": "which of its terms is told; null when its status is",
        "value": "what the term is",
    },
    "OfficeReported": {
        "office": "the topic's name for it",
        "country": "whose office, two letters",
        "holder": "who holds it",
        "until": "the last day of a term that the text says is over",
    },
    "StatementReported": {"speaker": "whose words they are"},
    "IncidentReported": {"what": "the topic's name for it", "scheme": "the scheme that is meant, if one is"},
    "ArticleUnread": {
        "article": "whose rest was not read",
        "span": "what was not read",
        "why": "the law on the size of articles that refused it",
    },
    "FactWithdrawn": {
        "fact": "the id of the fact's event",
        "why": "a later capture no longer says it, a person rejected it, or it was read anew and otherwise",
        "by": "who withdrew it",
        "reason": "in words",
    },
    "MuteSet": {
        "scope": "what kind of thing is muted; a source is the publisher of the article that gives rise to an alert",
        "name": "its name: a series, a metric (or office or scheme), a publisher, an alert class",
        "start": "from when on",
        "until": "up to when; the same as `start` ends an earlier muting",
        "by": "who muted it",
        "reason": "in words",
    },
    "LogCut": {
        "offset": "where the log ended, in bytes, when what was behind it was set aside",
        "length": "how many bytes were set aside",
        "digest": "their SHA-256; they are kept in `.feed/`",
    },
    "KeyRotated": {
        "old": "the public key that signed up to here (name+id+key)",
        "new": "the public key that signs from here on",
        "reason": "in words",
    },
    "AlertRaised": {
        "alert": "its class",
        "severity": "how loud",
        "article": "the article that gave rise to it",
        "old": "the id of the earlier fact",
        "new": "the id of the new fact",
        "check": "the arithmetic that failed",
        "sentence": "what people are told",
        "trace": "the rules that led here, in order",
        "engine": "the version that decided",
    },
    "Fact": {
        "article": "the article's name, as in its capture",
        "capture": "the id of the capture's event",
        "publisher": "who printed it",
        "published": "the day of publication; null when not known",
        "readby": "who decided this reading",
        "replaces": "the fact that this one corrects",
        "kind": "which fact it is",
        "quote": "the words that say so",
        "as_of": "the day from which or at which it holds; null when it is told as undated past",
    },
    "Publication": {
        "time": "midnight UTC of the day when only the day is known",
        "basis": "how it is known",
        "precision": "how fine it is known",
        "note": "from what it was inferred",
    },
    "Quote": {
        "exact": "the words, unaltered",
        "prefix": "what stands before them",
        "suffix": "what stands behind them",
        "start": "where they begin, in code points of the captured text",
        "end": "where they end, itself not included",
    },
    "Span": {"start": "where it begins, in code points of the captured text", "end": "where it ends, not included"},
    "Interval": {
        "low": "least value; null: no lower bound",
        "high": "greatest value; null: no upper bound",
        "low_open": "whether `low` itself is excluded",
        "high_open": "whether `high` itself is excluded",
        "soft_low": "an end for charts and loose arithmetic where there is no lower bound",
        "soft_high": "the same where there is no upper bound",
    },
    "Period": {
        "start": "its first day; null when a running total does not say since when",
        "end": "its last day, included",
        "start_basis": "how `start` is known",
        "end_basis": "how `end` is known",
        "running": "whether the text tells a running total: since a day, so far",
    },
    "Attribution": {
        "named": "as the text names it; null in the article's own voice",
        "speaker": "who said it",
        "originator": "who measured it",
    },
    "Whole": {"metric": "what is shared", "dims": "how that is narrowed"},
    "ReadBy": {
        "reader": "version of the reader",
        "pack": "name and version of the topic pack",
        "rule": "which rules found and placed it",
        "reviewer": "the person who read it instead",
        "reason": "why a person had to",
    },
    "Check": {
        "law": "which arithmetic",
        "verdict": "what it says",
        "what": "the test in words",
        "formula": "the test with the numbers in",
        "operands": "the facts that took part",
        "results": "the values computed, as printed",
        "claimed": "what the text admits",
        "computed": "what the arithmetic admits",
        "rounding": "the rule of rounding that lets a `loose` one pass",
    },
    "Operand": {
        "id": "the id of the fact's event",
        "printed": "the number as it is told to people",
        "role": "its place in the formula",
    },
}
