# Makes .venv by itself and runs the course's commands in it. `make lab` and `make test` are all a
# fresh machine needs; the same steps without make are in README.md.

LESSON ?= 01_larger_than_memory
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	>/dev/null 2>&1 && echo $$name && break; done)

RUN := .venv/bin/python
NOTEBOOKS = $(wildcard solutions/*/*.ipynb lessons/*/*.ipynb)

.PHONY: lab test release grade bench answers mutants lint

lab: .venv/installed
	$(RUN) -m jupyterlab --ServerApp.root_dir=lessons \
		--LabApp.default_url=/lab/tree/$(LESSON)/$(LESSON).ipynb

test: .venv/installed
	$(RUN) -m pytest

release: .venv/installed
	$(RUN) -m nbgrader generate_assignment --assignment='*' --force

# Feedback and grades are made for all that could be graded; the status tells whether all could.
grade: .venv/installed
	$(RUN) -m grading $(LESSON) $(ARGS); status=$$?; \
	$(RUN) -m nbgrader generate_feedback $(LESSON) --force && $(RUN) -m nbgrader export && \
	exit $$status

bench: .venv/installed
	$(RUN) -m tests.benchmarks $(ARGS)

answers: .venv/installed
	$(RUN) tests/judging.py

mutants: .venv/installed
	$(RUN) tests/mutants.py

lint: .venv/installed
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(if $(NOTEBOOKS),$(RUN) -m nbstripout --verify --keep-id $(NOTEBOOKS))

# Made again when the requirements change. The file is written last: an installation that was
# interrupted is taken up again.
.venv/installed: requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "This course needs Python 3.11, 3.12 or 3.13. Install one, or" \
		"name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12"; exit 1; }
	@$(RUN) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv || { \
		echo "Making .venv failed. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	$(RUN) -m pip install -r requirements.txt
	@touch $@
