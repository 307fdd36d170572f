"""Every page is valid HTML, says the Nu Html Checker."""

import json
import re
import subprocess
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote, urlsplit

# What is the theme's, or cannot be judged from a file. Each with its reason.
ACCEPTED = {
    "violates Content Security Policy": "a file has no origin to be 'self' with; "
    "the browser judges the policy in checks/privacy.py",
    "^Attribute “autocomplete” is only allowed": "the theme's two hidden checkboxes",
    "^Bad value “” for attribute “tabindex” on element “label”": "the theme's label "
    "of the section in the menu",
}


def problems(site: Path, names: list[str], java: str, vnu: Path) -> dict:
    """For each page, what the checker objects to."""
    end = subprocess.run(
        [
            java,
            *("-jar", vnu / "build" / "dist" / "vnu.jar"),
            *("--format", "json", "--stdout"),
            *(site / name for name in names),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    found = defaultdict(list)
    for message in json.loads(end.stdout)["messages"]:
        name = Path(unquote(urlsplit(message["url"]).path)).relative_to(site).as_posix()
        if is_ours(message):
            extract = " ".join(message.get("extract", "").split())
            found[name].append(
                f"{name}:{message.get('lastLine', 1)}: {message['message']} ({extract})"
            )
    return found


def is_ours(message: dict) -> bool:
    """Whether it is an error or a warning, and none that is accepted."""
    grave = message["type"] != "info" or message.get("subType") == "warning"
    return grave and not any(re.search(known, message["message"]) for known in ACCEPTED)
