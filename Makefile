# Everything happens in make.py, so that it is the same where there is no make.
ifeq ($(OS),Windows_NT)
PYTHON ?= python
else
PYTHON ?= python3
endif

COMMANDS = setup run test bench oracles faults pictures tidy translations trust sbom audit lock
.PHONY: help $(COMMANDS)

help:
	@$(PYTHON) make.py || true

$(COMMANDS):
	@$(PYTHON) make.py $@
