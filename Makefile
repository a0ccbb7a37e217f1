.PHONY: check format test search lint bench docs pages precision fidelity lowest screens

check: lint test

lint:
	ruff check .
	ruff format --check .
	mypy
	lint-imports

format:
	ruff check --fix .
	ruff format .

test:
	pytest -n auto

# The property tests with other examples than those that every run tries
search:
	pytest --hypothesis-profile=search
	python tests/fuzz/search.py 500

bench:
	python benchmarks/bench_read.py
	python benchmarks/bench_render.py
	python benchmarks/bench_cold.py
	python benchmarks/bench_check.py
	python benchmarks/bench_merge.py
	python benchmarks/bench_collect.py
	python benchmarks/bench_web.py

# The tests with the lowest versions that pyproject.toml allows, in an environment of their own; once a release
lowest:
	.ci/lowest

# docs/rules.zh-CN.md from the docstrings of the rules, docs/sentences.zh-CN.md from the snippets of standard
docs:
	python -m reportgen rules --format markdown > docs/rules.zh-CN.md
	python -m reportgen pack sentences standard --source > docs/sentences.zh-CN.md

# docs/precision.md: how often each check was right, over all that is keyed
precision:
	python tests/truth/precision.py

# Every page of every document as a picture, to be looked at: outputs/pages/*.png
pages:
	python tests/page_pictures.py outputs/pages

# How much of the five publications comes out, and how much comes out that they do not say (texts in ../shared)
fidelity:
	python tests/fidelity/published.py

# The pictures of the page in docs/screens, taken anew; needs Chromium and the extra browser
screens:
	python tests/browser/screens.py
