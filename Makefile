.PHONY: check format test lint bench pages

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
	pytest

bench:
	python benchmarks/bench_read.py
	python benchmarks/bench_render.py
	python benchmarks/bench_cold.py

# Every page of every document as a picture, to be looked at: outputs/pages/*.png
pages:
	python tests/office/pages.py outputs/pages
