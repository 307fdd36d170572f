"""Fixtures that make projects for the gate."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gate.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A sound project."""
    return Project(tmp_path / "project", [])


@pytest.fixture(scope="session")
def make_project(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Project]:
    """Make a project with further lessons, shared by a module's tests."""

    def make(lessons: list[str]) -> Project:
        return Project(tmp_path_factory.mktemp("gate") / "project", lessons)

    return make
