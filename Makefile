# What one does here. `make` alone says so too.
PYTHON ?= python3
BIN := .venv/bin

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## make .venv with everything needed to work on outreach
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q -e '.[dev]'

check: ## exactly what CI does: a fresh environment, tests, format, lint, types, the vendors' documents, the proof
	.ci/run

test: ## all tests but the slow ones, on two cores
	$(BIN)/pytest -q -n 2

spec: ## the promises only, one a file
	$(BIN)/pytest -q tests/spec

run: ## web, clock and workers in one process
	$(BIN)/outreach up

demo: ## weeks of follow-up in a minute, on this machine alone
	$(BIN)/outreach demo

docs: ## write the pages that are made from the code
	$(BIN)/python tools/pages.py
	@if [ -f outreach/cli/reference.py ]; then $(BIN)/python -m outreach.cli.reference > docs/cli.md && echo docs/cli.md; fi

replies-report: ## tell apart the raw mails in a folder: make replies-report DIR=path [CSV=out.csv]
	$(BIN)/python tools/replies_report.py "$(DIR)" $(if $(CSV),--csv "$(CSV)")

sms-report: ## tell apart the texts in a CSV file: make sms-report FILE=in.csv [CSV=out.csv]
	$(BIN)/python tools/sms_report.py "$(FILE)" $(if $(CSV),--csv "$(CSV)")

prism: ## hold our requests and the sandbox against the vendors' OpenAPI documents (installs Prism by npm)
	tools/prism $(BIN)/pytest

dovecot: ## read mail from a real mail server (installs Dovecot by apt-get)
	tools/dovecot $(BIN)/pytest

bench: ## measure speed, cost and scale; write the figures into docs/performance.md (a quarter of an hour)
	$(BIN)/python -m bench --write

bench-scale: ## the same among a million leads (as long again)
	$(BIN)/python -m bench scale memory --write

chaos: ## kill, freeze and cut off our processes under the eyes of a referee, briefly; ONLY="redis", WRITE=1
	$(if $(WRITE),CHAOS_WRITE=1) $(BIN)/pytest -q -n 2 tests/chaos -m chaos $(if $(ONLY),-k "$(ONLY)")

chaos-full: ## the same with true times and large numbers, into docs/reliability.md (hours); ONLY="killed and seed2"
	CHAOS=full CHAOS_WRITE=1 $(BIN)/pytest -q tests/chaos -m chaos $(if $(ONLY),-k "$(ONLY)")

figures: ## look at a million hours in every time zone of the world (a minute or two)
	$(BIN)/pytest -q -n 2 tests/figures -m figures
.PHONY: figures

format: ## put the code in shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: help setup check test spec run demo docs replies-report sms-report prism dovecot bench bench-scale chaos chaos-full format
.DEFAULT_GOAL := help
