"""The address at which a reader reports a problem, with what we know filled in."""

from urllib.parse import urlencode

BODY = """\
What did you do, and what did you expect?


What happened instead?


---
Example: {example}
Page: {page}
Commit: {commit}
Ran on: {ran_on}
"""


def report_address(
    source: str, example: str, page: str, commit: str, versions: list[str]
) -> str:
    """A new issue at ``source`` about one example; the reader tells the rest."""
    body = BODY.format(
        example=example,
        page=page,
        commit=commit or "unknown",
        ran_on=", ".join(versions) or "nothing yet",
    )
    fields = {"title": f"Problem with {example}", "body": body}
    return f"{source}/issues/new?{urlencode(fields)}"
