# Each target sets up what it needs: system packages through apt where that is possible, then a
# private environment of the locked versions. `make test PYTHON=python3.13` uses another interpreter,
# in an environment of its own.

PYTHON ?= python3
VENV ?= $(if $(filter python3,$(PYTHON)),.venv,.venv-$(notdir $(PYTHON)))
BIN := $(VENV)/bin
SETUP = PYTHON='$(PYTHON)' VENV='$(VENV)' sh .ci/setup

.DEFAULT_GOAL := help
.PHONY: help demo test bench words pictures clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

demo: ## Turn the examples into briefs, under build/
	@$(SETUP) demo
	$(BIN)/impactbrief render examples --output build --timeout 600

test: ## Run all checks and tests
	@$(SETUP) test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	PATH='$(abspath $(BIN))':"$$PATH" $(BIN)/pytest -n auto --dist loadfile

bench: ## Measure, as ratios against what can't be beaten
	@$(SETUP) bench
	$(BIN)/python -m benchmarks

words: ## Bring the translations of the interface up to date
	@$(SETUP) demo
	@mkdir -p build
	@$(BIN)/pybabel -q extract --project impactbrief --copyright-holder 'the impactbrief authors' \
		--add-location file --output-file build/impactbrief.pot impactbrief
	@for file in impactbrief/locales/*/LC_MESSAGES/impactbrief.po; do \
		language=$${file#impactbrief/locales/}; \
		$(BIN)/pybabel -q update --locale "$${language%%/*}" --input-file build/impactbrief.pot \
			--output-file "$$file" --ignore-obsolete --ignore-pot-creation-date --width 100; \
	done
	@$(BIN)/pybabel compile --statistics --domain impactbrief --directory impactbrief/locales

pictures: ## Draw the pictures of README.md anew
	@$(SETUP) test
	$(BIN)/python docs/pictures/make.py

clean: ## Remove what was made here
	rm -rf build dist .venv .venv-*
